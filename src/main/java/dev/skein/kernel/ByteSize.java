package dev.skein.kernel;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Sizes as people write them on every surface: {@code 512}, {@code 64KiB}, {@code 8 mb}, {@code 2G}, {@code 1_000_000}.
 * A bare number is bytes, {@code k m g t} are binary in any case, leading zeros mean nothing.
 * {@code bin/skein-limit} reads the same.
 */
public final class ByteSize {
    private static final Pattern SHAPE = Pattern.compile("([0-9]+(?:_[0-9]+)*)[ \t]*([^0-9_ \t.,+-][^ \t]*)?");
    private static final Pattern UNIT = Pattern.compile("b|([kmgt])(?:i?b)?");
    private static final Set<String> NO_LIMIT = Set.of("", "off", "none", "unlimited");
    private static final String UNITS = "KMGT";
    private static final int BITS_PER_UNIT = 10;
    private static final int DIGITS_MAX = 19;

    private ByteSize() {}

    /**
     * Reads a size.
     *
     * @return bytes, 0 or more
     * @throws IllegalArgumentException naming the input when it is empty, no number, of an unknown unit or beyond 63
     *     bits
     */
    public static long parse(String text) {
        var stripped = text.strip();
        if (stripped.isEmpty()) {
            throw new IllegalArgumentException("empty: expected a size like 64KiB, 8MiB or 2GiB");
        }
        var match = SHAPE.matcher(stripped);
        if (!match.matches()) {
            throw new IllegalArgumentException("invalid number: expected a size like 64KiB, 8MiB or 2GiB, got " + text);
        }
        int power = match.group(2) == null ? 0 : power(match.group(2), text);
        var digits = match.group(1).replace("_", "").replaceFirst("^0+(?=.)", "");
        try {
            if (digits.length() <= DIGITS_MAX) {
                return Math.multiplyExact(Long.parseLong(digits), 1L << (BITS_PER_UNIT * power));
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("overflow: size is beyond 63 bits: " + text, e);
        }
        throw new IllegalArgumentException("overflow: size is beyond 63 bits: " + text);
    }

    /** Reads a limit; empty for nothing and for {@code 0}, {@code off}, {@code none} and {@code unlimited}. */
    public static OptionalLong parseLimit(String text) {
        if (NO_LIMIT.contains(text.strip().toLowerCase(Locale.ROOT))) {
            return OptionalLong.empty();
        }
        long bytes = parse(text);
        return bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    private static int power(String unit, String text) {
        var match = UNIT.matcher(unit.toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            throw new IllegalArgumentException("unknown unit: expected a size like 64KiB, 8MiB or 2GiB, got " + text);
        }
        return match.group(1) == null ? 0 : UNITS.indexOf(match.group(1).toUpperCase(Locale.ROOT)) + 1;
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
