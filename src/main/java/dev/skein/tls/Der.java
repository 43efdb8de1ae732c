package dev.skein.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/**
 * The few forms of DER that a certificate needs.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-X.690">X.690, distinguished encoding rules</a>
 */
final class Der {
    private static final int LONG_FORM = 0x80;
    private static final int BITS_OF_PART = 7;
    private static final Instant GENERAL_FROM = Instant.parse("2050-01-01T00:00:00Z");
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter GENERAL =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return tagged(0x30, parts);
    }

    static byte[] set(byte[]... parts) {
        return tagged(0x31, parts);
    }

    static byte[] integer(BigInteger value) {
        return tagged(0x02, value.toByteArray());
    }

    static byte[] isTrue() {
        return tagged(0x01, new byte[] {(byte) 0xff});
    }

    static byte[] utf8(String text) {
        return tagged(0x0c, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] octets(byte[] content) {
        return tagged(0x04, content);
    }

    /**
     * A string of bits.
     *
     * @param unused how many bits of the last byte do not count
     */
    static byte[] bits(int unused, byte[] content) {
        return tagged(0x03, new byte[] {(byte) unused}, content);
    }

    /** Content in a context-specific tag; {@code form} is 0x80 for primitive, 0xa0 for constructed. */
    static byte[] context(int form, int number, byte[] content) {
        return tagged(form | number, content);
    }

    static byte[] time(Instant at) {
        return at.isBefore(GENERAL_FROM)
                ? tagged(0x17, UTC.format(at).getBytes(StandardCharsets.US_ASCII))
                : tagged(0x18, GENERAL.format(at).getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] oid(String dotted) {
        var arcs =
                Arrays.stream(dotted.split("\\.")).mapToInt(Integer::parseInt).toArray();
        var content = new ByteArrayOutputStream();
        content.write(arcs[0] * 40 + arcs[1]);
        for (int i = 2; i < arcs.length; i++) {
            writeArc(content, arcs[i]);
        }
        return tagged(0x06, content.toByteArray());
    }

    private static void writeArc(ByteArrayOutputStream content, int arc) {
        int shift = 0;
        while (arc >>> (shift + BITS_OF_PART) != 0) {
            shift += BITS_OF_PART;
        }
        for (; shift > 0; shift -= BITS_OF_PART) {
            content.write(LONG_FORM | (arc >>> shift & 0x7f));
        }
        content.write(arc & 0x7f);
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) {
            content.writeBytes(part);
        }
        var whole = new ByteArrayOutputStream();
        whole.write(tag);
        writeLength(whole, content.size());
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }

    private static void writeLength(ByteArrayOutputStream whole, int length) {
        if (length < LONG_FORM) {
            whole.write(length);
            return;
        }
        int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / Byte.SIZE;
        whole.write(LONG_FORM | bytes);
        for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            whole.write(length >>> shift);
        }
    }
}
