package dev.skein.index.symbol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link Packing} wrote, and never beyond it: malformed bytes throw {@link Malformed}, whatever they say
 * about lengths.
 */
final class Unpacking {
    /** The bytes are none that were packed. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    private final byte[] bytes;
    private int at;

    Unpacking(byte[] bytes) {
        this(bytes, 0);
    }

    Unpacking(byte[] bytes, int at) {
        this.bytes = bytes;
        this.at = at;
    }

    int at() {
        return at;
    }

    int number() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = single();
            value |= (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
        throw new Malformed("a number does not end");
    }

    int signed() {
        int value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    int single() {
        if (at == bytes.length) {
            throw new Malformed("ends too early");
        }
        return bytes[at++] & 0xFF;
    }

    /** A number of things of which each takes at least {@code bytesEach}. */
    int count(int bytesEach) {
        int count = number();
        if (count < 0 || (long) count * bytesEach > bytes.length - at) {
            throw new Malformed("more is announced than there is");
        }
        return count;
    }

    String text() {
        int length = count(1);
        var text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    void skipText() {
        int length = count(1);
        at += length;
    }

    byte[] bytes() {
        int length = count(1);
        var part = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return part;
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }
}
