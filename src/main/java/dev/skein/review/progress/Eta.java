package dev.skein.review.progress;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a review will end.
 *
 * @param interval null when nobody can know
 * @param workers that live
 * @param measured tasks that the estimate rests on
 * @param text for people
 */
public record Eta(@Nullable Interval interval, int workers, int measured, String text) {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;

    /** In one of ten cases it ends before {@code early}, in one of ten after {@code late}. */
    public record Interval(Duration likely, Duration early, Duration late) {
        public boolean contains(Duration end) {
            return early.compareTo(end) <= 0 && end.compareTo(late) <= 0;
        }
    }

    /** {@code ~1h 10m (50m–1h 35m), 6 workers, 41 tasks measured}. */
    static Eta of(Interval interval, int workers, int measured) {
        var text = "~" + text(interval.likely) + " (" + text(interval.early) + "\u2013" + text(interval.late) + "), "
                + counted(workers, "worker") + ", " + counted(measured, "task") + " measured";
        return new Eta(interval, workers, measured, text);
    }

    static Eta unknown(String why, int workers, int measured) {
        return new Eta(null, workers, measured, why);
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** The two largest units of seconds, minutes and hours, rounded up to whole ones of the smaller. */
    static String text(Duration duration) {
        long seconds = duration.plusMillis(999).toSeconds();
        if (seconds < MINUTE) {
            return seconds + "s";
        }
        if (seconds < 10 * MINUTE) {
            return joined(seconds / MINUTE, "m", seconds % MINUTE, "s");
        }
        long minutes = (seconds + MINUTE - 1) / MINUTE;
        return minutes < HOUR / MINUTE ? minutes + "m" : joined(minutes / MINUTE, "h", minutes % MINUTE, "m");
    }

    private static String joined(long large, String unit, long small, String smallUnit) {
        return small == 0 ? large + unit : large + unit + " " + small + smallUnit;
    }
}
