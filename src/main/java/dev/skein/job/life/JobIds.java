package dev.skein.job.life;

import dev.skein.kernel.Problem;
import java.util.regex.Pattern;

/**
 * Ids of jobs: a number that grows, made of the epoch of the leader that accepted the job and a count within it, and
 * its text {@code j7-42}.
 */
public final class JobIds {
    private static final Pattern SHAPE = Pattern.compile("j([1-9][0-9]{0,5})-([1-9][0-9]{0,11})");
    private static final int COUNT_BITS = 40;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

    private JobIds() {}

    /**
     * An id.
     *
     * @param count of jobs accepted in the epoch, from 1
     */
    public static long of(long epoch, long count) {
        return epoch << COUNT_BITS | count;
    }

    public static String text(long id) {
        return "j" + (id >>> COUNT_BITS) + "-" + (id & COUNT_MASK);
    }

    /** Fails with {@code job_not_found}, for a text of another shape names no job. */
    public static long parse(String text) {
        var match = SHAPE.matcher(text);
        if (match.matches()) {
            long count = Long.parseLong(match.group(2));
            if (count <= COUNT_MASK) {
                return of(Long.parseLong(match.group(1)), count);
            }
        }
        throw unknown(text);
    }

    public static Problem unknown(String text) {
        var shown = text.length() > COUNT_BITS ? text.substring(0, COUNT_BITS) + "…" : text;
        return Problem.notFound("job_not_found", "no job " + shown);
    }
}
