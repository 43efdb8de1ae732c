package dev.skein.index.symbol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Numbers and texts put one after another: seven bits a byte, texts as UTF-8 behind their length. */
final class Packing {
    private byte[] bytes = new byte[1024];
    private int size;

    void number(int value) {
        require(5);
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** A number that may be negative. */
    void signed(int value) {
        number((value << 1) ^ (value >> 31));
    }

    void single(int value) {
        require(1);
        bytes[size++] = (byte) value;
    }

    void text(String text) {
        int length = text.length();
        require(length + 5);
        if (isAscii(text)) {
            number(length);
            text.getBytes(0, length, bytes, size);
            size += length;
            return;
        }
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        require(utf8.length);
        System.arraycopy(utf8, 0, bytes, size, utf8.length);
        size += utf8.length;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    private void require(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    /** What was put since it was taken last. */
    byte[] take() {
        var taken = Arrays.copyOf(bytes, size);
        size = 0;
        return taken;
    }
}
