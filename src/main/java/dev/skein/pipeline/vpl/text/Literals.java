package dev.skein.pipeline.vpl.text;

import dev.skein.pipeline.vpl.text.Token.Kind;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one number, duration, timestamp or string at an offset. */
final class Literals {
    private static final BigInteger BEYOND = BigInteger.ONE.shiftLeft(63);
    private static final int DIGITS_MAX = 20;
    private static final int UNICODE_DIGITS = 4;
    private static final Map<String, Duration> UNITS = Map.of(
            "ns", Duration.ofNanos(1),
            "us", Duration.ofNanos(1_000),
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private Literals() {}

    /** A token's extent and value, or what is wrong with it and where. */
    record Scanned(
            Kind kind,
            int end,
            @Nullable Object value,
            @Nullable String error,
            int errorAt,
            @Nullable String hint) {
        static Scanned good(Kind kind, int end, @Nullable Object value) {
            return new Scanned(kind, end, value, null, 0, null);
        }

        static Scanned bad(int end, int at, String error, @Nullable String hint) {
            return new Scanned(Kind.BROKEN, end, null, error, at, hint);
        }
    }

    static Scanned number(String text, int start) {
        int digits = digitsEnd(text, start);
        int end = fractionEnd(text, digits);
        end = exponentEnd(text, end);
        int letters = identifierEnd(text, end);
        if (letters > end) {
            return end > digits ? malformed(text, start, letters) : duration(text, start, end);
        }
        if (end == digits && isDotAlone(text, digits)) {
            var written = text.substring(start, digits);
            return Scanned.bad(digits + 1, start, "malformed number `" + written + ".`", "write `" + written + ".0`");
        }
        return end > digits ? real(text, start, end) : integer(text, start, end);
    }

    /** A number that starts with its point, which the language does not have. */
    static Scanned fraction(String text, int start) {
        int end = identifierEnd(text, start + 1);
        var written = text.substring(start, end);
        return Scanned.bad(end, start, "malformed number `" + written + "`", "write `0" + written + "`");
    }

    private static Scanned integer(String text, int start, int end) {
        var written = text.substring(start, end).replaceFirst("^0+(?=.)", "");
        var value = written.length() > DIGITS_MAX ? BEYOND.add(BEYOND) : new BigInteger(written);
        if (value.compareTo(BEYOND) > 0) {
            return Scanned.bad(end, start, "integer `" + text.substring(start, end) + "` beyond 64 bits", null);
        }
        return Scanned.good(Kind.INT, end, value.equals(BEYOND) ? null : (Object) value.longValue());
    }

    private static Scanned real(String text, int start, int end) {
        double value = Double.parseDouble(text.substring(start, end));
        if (Double.isInfinite(value)) {
            return Scanned.bad(end, start, "number `" + text.substring(start, end) + "` is too large", null);
        }
        return Scanned.good(Kind.FLOAT, end, value);
    }

    private static Scanned duration(String text, int start, int digits) {
        int end = identifierEnd(text, digits);
        var unit = UNITS.get(text.substring(digits, end));
        if (unit == null) {
            return malformed(text, start, end);
        }
        try {
            var value = unit.multipliedBy(Long.parseLong(text.substring(start, digits)));
            // a duration is a 64-bit number of nanoseconds
            return Scanned.good(Kind.DURATION, end, Duration.ofNanos(value.toNanos()));
        } catch (ArithmeticException | NumberFormatException tooLong) {
            return Scanned.bad(end, start, "duration `" + text.substring(start, end) + "` is too long", null);
        }
    }

    private static Scanned malformed(String text, int start, int end) {
        var hint = "numbers are `12`, `1.5`, `2.5e-3`; durations `10s` with ns, us, ms, s, m, h or d";
        return Scanned.bad(end, start, "malformed number `" + text.substring(start, end) + "`", hint);
    }

    static Scanned timestamp(String text, int start) {
        int end = start + 1;
        while (end < text.length() && isInTimestamp(text, end)) {
            end++;
        }
        var written = text.substring(start + 1, end);
        try {
            var value = written.indexOf('T') < 0
                    ? LocalDate.parse(written).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(written).toInstant();
            return Scanned.good(Kind.TIMESTAMP, end, value);
        } catch (DateTimeException e) {
            var hint = "write `@2026-01-23` or `@2026-01-23T10:00:00Z`";
            return Scanned.bad(end, start, "malformed timestamp `@" + written + "`", hint);
        }
    }

    /** A point belongs to it only before a digit, a sign only within the date or before an offset. */
    private static boolean isInTimestamp(String text, int at) {
        char c = text.charAt(at);
        boolean digitNext = at + 1 < text.length() && Lexer.isDigit(text.charAt(at + 1));
        return Lexer.isDigit(c)
                || c == 'T'
                || c == 'Z'
                || (digitNext && (c == '.' || c == ':' || c == '-' || c == '+'));
    }

    static Scanned string(String text, int start) {
        char quote = text.charAt(start);
        var value = new StringBuilder();
        int wrong = -1; // offset of the first unknown escape
        int at = start + 1;
        while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
            if (!unescape(text, at, value) && wrong < 0) {
                wrong = at;
            }
            at = escapeEnd(text, at);
        }
        if (at >= text.length() || text.charAt(at) != quote) {
            int end = at > start + 1 && text.charAt(at - 1) == '\r' ? at - 1 : at;
            return Scanned.bad(end, start, "unterminated string", "close it with `" + quote + "` on the same line");
        }
        if (wrong >= 0) {
            return unknownEscape(text, wrong, at + 1);
        }
        return Scanned.good(Kind.STRING, at + 1, value.toString());
    }

    private static Scanned unknownEscape(String text, int at, int end) {
        var hint = "known are \\\" \\' \\\\ \\n \\t \\r \\uXXXX";
        return Scanned.bad(end, at, "unknown escape `" + text.substring(at, escapeEnd(text, at)) + "`", hint);
    }

    /** The end of the character or escape at an offset; a line end is never part of an escape. */
    private static int escapeEnd(String text, int at) {
        if (text.charAt(at) != '\\' || at + 1 >= text.length() || text.charAt(at + 1) == '\n') {
            return at + 1;
        }
        if (text.charAt(at + 1) != 'u') {
            return at + 2;
        }
        int end = at + 2;
        while (end < text.length() && end < at + 2 + UNICODE_DIGITS && Character.digit(text.charAt(end), 16) >= 0) {
            end++;
        }
        return end;
    }

    /** Appends what stands at an offset; false when it is an escape that does not exist. */
    private static boolean unescape(String text, int at, StringBuilder value) {
        if (text.charAt(at) != '\\') {
            value.append(text.charAt(at));
            return true;
        }
        int end = escapeEnd(text, at);
        char letter = end > at + 1 ? text.charAt(at + 1) : 0;
        if (letter == 'u' && end == at + 2 + UNICODE_DIGITS) {
            value.append((char) Integer.parseInt(text, at + 2, end, 16));
            return true;
        }
        int known = "\"'\\ntr".indexOf(letter);
        if (letter == 'u' || known < 0) {
            return false;
        }
        value.append("\"'\\\n\t\r".charAt(known));
        return true;
    }

    static int identifierEnd(String text, int at) {
        int end = at;
        while (end < text.length() && (Lexer.isIdentifierStart(text.charAt(end)) || Lexer.isDigit(text.charAt(end)))) {
            end++;
        }
        return end;
    }

    private static int digitsEnd(String text, int at) {
        int end = at;
        while (end < text.length() && Lexer.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int fractionEnd(String text, int at) {
        int end = at < text.length() && text.charAt(at) == '.' ? digitsEnd(text, at + 1) : at;
        return end > at + 1 ? end : at;
    }

    private static int exponentEnd(String text, int at) {
        if (at >= text.length() || (text.charAt(at) | 0x20) != 'e') {
            return at;
        }
        int digits = at + 1;
        if (digits < text.length() && (text.charAt(digits) == '+' || text.charAt(digits) == '-')) {
            digits++;
        }
        int end = digitsEnd(text, digits);
        return end > digits ? end : at;
    }

    /** A point that starts neither a range, a member nor an operator. */
    private static boolean isDotAlone(String text, int at) {
        if (at >= text.length() || text.charAt(at) != '.') {
            return false;
        }
        return at + 1 >= text.length() || text.charAt(at + 1) != '.' && !Lexer.isIdentifierStart(text.charAt(at + 1));
    }
}
