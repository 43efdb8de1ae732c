package dev.skein.job.cron;

import dev.skein.kernel.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Five fields as cron has had them since 1975: minute, hour, day of month, month, day of week, with lists, ranges, steps
 * and English names; if both days are restricted, either is enough. A local time that a change of the clocks leaves out
 * is taken at the moment of the change, and one that comes twice is taken the first time.
 */
public final class Cron {
    private static final Map<String, String> NAMED = Map.of(
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *",
            "@monthly", "0 0 1 * *",
            "@weekly", "0 0 * * 0",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@hourly", "0 * * * *");
    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,4}");
    private static final int FIELDS = 5;
    private static final int YEARS_MAX = 9; // 29 February may be eight years away
    private static final int SUNDAY_TOO = 7;

    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;
    private final boolean eitherDay;
    private final ZoneId zone;

    /** What a field may hold. */
    private record Field(String name, int min, int max, List<String> words) {}

    private Cron(String[] fields, ZoneId zone) {
        this.minutes = read(new Field("minute", 0, 59, List.of()), fields[0]);
        this.hours = read(new Field("hour", 0, 23, List.of()), fields[1]);
        this.days = read(new Field("day of month", 1, 31, List.of()), fields[2]);
        this.months = read(new Field("month", 1, 12, MONTHS), fields[3]);
        this.weekdays = read(new Field("day of week", 0, SUNDAY_TOO, DAYS), fields[4]);
        this.eitherDay = !fields[2].startsWith("*") && !fields[4].startsWith("*");
        this.zone = zone;
        if (weekdays.get(SUNDAY_TOO)) {
            weekdays.set(0);
        }
    }

    /**
     * Reads an expression.
     *
     * @param zone such as {@code Europe/Berlin} or {@code UTC}
     * @throws Problem {@code invalid_cron} with the field and what would be right
     */
    public static Cron parse(String expression, String zone) {
        var text = expression.strip().toLowerCase(Locale.ROOT);
        var fields = NAMED.getOrDefault(text, text).split("\\s+");
        if (fields.length != FIELDS) {
            throw invalid("a schedule has five fields, minute hour day month weekday, or is one of "
                    + String.join(", ", NAMED.keySet().stream().sorted().toList()) + "; got " + expression);
        }
        var cron = new Cron(fields, zone(zone));
        if (cron.next(Instant.EPOCH) == null) {
            throw invalid("no day of any year is " + expression);
        }
        return cron;
    }

    private static ZoneId zone(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw invalid("no time zone is called " + zone + "; try UTC or Europe/Berlin");
        }
    }

    /** The first time after this one; null when there is none within nine years. */
    public @Nullable Instant next(Instant after) {
        var local = after.atZone(zone);
        var last = local.toLocalDate().plusYears(YEARS_MAX);
        for (var date = local.toLocalDate(); date.isBefore(last); date = following(date)) {
            var found = matches(date) ? firstOn(date, after) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private LocalDate following(LocalDate date) {
        return months.get(date.getMonthValue())
                ? date.plusDays(1)
                : date.withDayOfMonth(1).plusMonths(1);
    }

    private boolean matches(LocalDate date) {
        boolean day = days.get(date.getDayOfMonth());
        boolean weekday = weekdays.get(date.getDayOfWeek().getValue() % SUNDAY_TOO);
        return months.get(date.getMonthValue()) && (eitherDay ? day || weekday : day && weekday);
    }

    private @Nullable Instant firstOn(LocalDate date, Instant after) {
        for (int hour = hours.nextSetBit(0); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
            for (int minute = minutes.nextSetBit(0); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
                var at = at(date, LocalTime.of(hour, minute));
                if (at.isAfter(after)) {
                    return at;
                }
            }
        }
        return null;
    }

    private Instant at(LocalDate date, LocalTime time) {
        var local = date.atTime(time);
        var gap = zone.getRules().getTransition(local);
        return gap != null && gap.isGap() ? gap.getInstant() : local.atZone(zone).toInstant();
    }

    private static BitSet read(Field field, String text) {
        var set = new BitSet();
        for (var part : text.split(",", -1)) {
            readPart(field, part, set);
        }
        return set;
    }

    private static void readPart(Field field, String part, BitSet set) {
        int slash = part.indexOf('/');
        var range = slash < 0 ? part : part.substring(0, slash);
        int step = slash < 0 ? 1 : number(field, part.substring(slash + 1), 1, field.max);
        int dash = range.indexOf('-');
        int from = field.min;
        int to = field.max;
        if (dash >= 0) {
            from = value(field, range.substring(0, dash));
            to = value(field, range.substring(dash + 1));
        } else if (!range.equals("*")) {
            from = value(field, range);
            to = slash < 0 ? from : field.max;
        } else if (field.max == SUNDAY_TOO) {
            to = SUNDAY_TOO - 1;
        }
        if (from > to) {
            throw invalid("the " + field.name + " " + part + " ends before it begins");
        }
        for (int value = from; value <= to; value += step) {
            set.set(value);
        }
    }

    private static int value(Field field, String text) {
        int word = field.words.indexOf(text);
        return word >= 0 ? word + (field.min == 0 ? 0 : 1) : number(field, text, field.min, field.max);
    }

    private static int number(Field field, String text, int min, int max) {
        int number = DIGITS.matcher(text).matches() ? Integer.parseInt(text) : -1;
        if (number < min || number > max) {
            throw invalid("the " + field.name + " " + text + " is no number from " + min + " to " + max);
        }
        return number;
    }

    private static Problem invalid(String sentence) {
        return new Problem(Problem.Kind.INVALID, "invalid_cron", sentence, List.of());
    }
}
