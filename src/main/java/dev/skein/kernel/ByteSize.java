package dev.skein.kernel;

import java.util.Locale;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 512}, {@code 64KiB}, {@code 8MiB}, {@code 2GiB}; {@code K M G} mean the same. */
public final class ByteSize {
    private static final Pattern SHAPE =
            Pattern.compile("([0-9]{1,12})\\s*(?:([KMGT])(?:iB|B)?|B)?", Pattern.CASE_INSENSITIVE);
    private static final String UNITS = "KMGT";
    private static final int BITS_PER_UNIT = 10;

    private ByteSize() {}

    /**
     * Reads a size.
     *
     * @return bytes, 0 or more
     * @throws IllegalArgumentException when the text is no size or beyond 64 bits
     */
    public static long parse(String text) {
        var match = SHAPE.matcher(text.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException("expected a size like 64KiB, 8MiB or 2GiB, got " + text);
        }
        long number = Long.parseLong(match.group(1));
        var unit = match.group(2);
        int power = unit == null ? 0 : UNITS.indexOf(unit.toUpperCase(Locale.ROOT)) + 1;
        try {
            return Math.multiplyExact(number, 1L << (BITS_PER_UNIT * power));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("size is beyond 64 bits: " + text, e);
        }
    }

    /** The size in the largest unit that leaves a whole number: {@code 8MiB}, {@code 1000B}. */
    public static String format(long bytes) {
        int power = 0;
        long number = bytes;
        while (power < UNITS.length() && number != 0 && number % (1L << BITS_PER_UNIT) == 0) {
            number >>= BITS_PER_UNIT;
            power++;
        }
        return power == 0 ? number + "B" : number + "" + UNITS.charAt(power - 1) + "iB";
    }
}
