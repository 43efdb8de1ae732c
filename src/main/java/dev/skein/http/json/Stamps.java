package dev.skein.http.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.OptionalLong;

/** Times as the API writes them, RFC 3339 in UTC with milliseconds, and as events carry them. */
public final class Stamps {
    private static final long NANOS = 1_000_000_000L;
    private static final DateTimeFormatter FORM =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Stamps() {}

    public static String text(Instant time) {
        return FORM.format(time);
    }

    /** Nanoseconds since 1970 as a time. */
    public static Instant of(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    /** Nanoseconds since 1970, which a time of this age fits. */
    public static long nanos(Instant time) {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
    }

    /** Nanoseconds since 1970 of an RFC 3339 text; empty when it is none, or beyond the years 1678 to 2262. */
    static OptionalLong read(String text) {
        try {
            return OptionalLong.of(nanos(Instant.parse(text)));
        } catch (DateTimeException | ArithmeticException e) {
            return OptionalLong.empty();
        }
    }
}
