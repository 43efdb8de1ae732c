package dev.skein.index.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A file's bytes as UTF-16 text, without its byte order mark.
 *
 * <p>A byte order mark decides the encoding. Without one it is UTF-16 when every other byte of the beginning is zero,
 * else UTF-8, and where that is malformed Windows-1252, whose bytes are those of ISO 8859-1 plus quotes and dashes.
 *
 * @param text empty when there is a fault
 * @param charset what the text was decoded from; where there is a fault, UTF-8
 * @param fault why there is no text, or {@link Fault#NONE}
 */
public record SourceText(String text, Charset charset, Fault fault) {
    /** Bytes of the largest file that is looked into. */
    public static final int BYTES_MAX = 8 << 20;

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final int PROBE = 8 << 10; // bytes looked at for zeros
    private static final char REPLACEMENT = '\uFFFD';

    /** Why a file gives no text, or not all of its declarations. */
    public enum Fault {
        NONE,
        /** More than {@link #BYTES_MAX} bytes. */
        TOO_LARGE,
        /** Zero bytes where text has none. */
        BINARY,
        /** A text with declarations that are nested deeper than is looked; those around them are found. */
        TOO_DEEP,
        /** A text with more declarations than are looked at; the first are found. */
        TOO_MANY
    }

    public static SourceText of(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            return faulty(Fault.TOO_LARGE);
        }
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return unicode(bytes, 3);
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return decoded(bytes, 2, StandardCharsets.UTF_16BE);
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return decoded(bytes, 2, StandardCharsets.UTF_16LE);
        }
        return withoutMark(bytes);
    }

    private static SourceText withoutMark(byte[] bytes) {
        int end = Math.min(bytes.length, PROBE);
        int even = 0;
        int odd = 0;
        for (int i = 0; i < end; i++) {
            if (bytes[i] == 0) {
                even += 1 - (i & 1);
                odd += i & 1;
            }
        }
        if (even == 0 && odd == 0) {
            return unicode(bytes, 0);
        }
        if (odd > end / 4 && even == 0) {
            return decoded(bytes, 0, StandardCharsets.UTF_16LE);
        }
        if (even > end / 4 && odd == 0) {
            return decoded(bytes, 0, StandardCharsets.UTF_16BE);
        }
        return faulty(Fault.BINARY);
    }

    private static SourceText unicode(byte[] bytes, int from) {
        var text = decoded(bytes, from, StandardCharsets.UTF_8);
        return text.text.indexOf(REPLACEMENT) >= 0 && isMalformed(bytes) ? decoded(bytes, from, WINDOWS) : text;
    }

    private static boolean isMalformed(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return false;
        } catch (CharacterCodingException e) {
            return true;
        }
    }

    private static SourceText decoded(byte[] bytes, int from, Charset charset) {
        return new SourceText(new String(bytes, from, bytes.length - from, charset), charset, Fault.NONE);
    }

    private static SourceText faulty(Fault fault) {
        return new SourceText("", StandardCharsets.UTF_8, fault);
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        if (bytes.length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((bytes[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
