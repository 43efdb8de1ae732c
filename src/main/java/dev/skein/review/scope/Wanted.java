package dev.skein.review.scope;

import dev.skein.kernel.Problem;
import dev.skein.review.scope.Skipped.Reason;
import java.util.List;

/**
 * What of a directory tree is to be reviewed. Patterns are those of {@code .gitignore}.
 *
 * @param include only what one of these names; everything when empty
 * @param exclude nothing that one of these names
 * @param depthMax directories that lead from the root to a file at most
 * @param bytesMax of a file
 * @param unitLines that a unit should have at most; one file is never divided
 * @param priorities the first that matches decides
 * @param skips what is left out although nobody asked for it; the first that matches decides
 */
public record Wanted(
        List<String> include,
        List<String> exclude,
        int depthMax,
        long bytesMax,
        int unitLines,
        List<Priority> priorities,
        List<Skip> skips) {
    public static final int NO_DEPTH = Integer.MAX_VALUE;

    /** Bytes of a file at most unless it is said otherwise; hardly a larger one was written by hand. */
    public static final long BYTES = 1 << 20;

    /** Lines of a unit unless it is said otherwise. */
    public static final int UNIT_LINES = 3_000;

    public static final Wanted DEFAULTS =
            new Wanted(List.of(), List.of(), NO_DEPTH, BYTES, UNIT_LINES, BuiltIn.PRIORITIES, BuiltIn.SKIPS);

    public Wanted {
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        priorities = List.copyOf(priorities);
        skips = List.copyOf(skips);
        if (depthMax < 0 || bytesMax < 1 || unitLines < 1) {
            throw Problem.invalid("depth must be 0 or more, size of a file and lines of a unit 1 or more");
        }
    }

    public Wanted including(List<String> patterns) {
        return new Wanted(patterns, exclude, depthMax, bytesMax, unitLines, priorities, skips);
    }

    public Wanted excluding(List<String> patterns) {
        return new Wanted(include, patterns, depthMax, bytesMax, unitLines, priorities, skips);
    }

    public Wanted to(int depth) {
        return new Wanted(include, exclude, depth, bytesMax, unitLines, priorities, skips);
    }

    public Wanted inUnitsOf(int lines) {
        return new Wanted(include, exclude, depthMax, bytesMax, lines, priorities, skips);
    }

    public Wanted upTo(long bytes) {
        return new Wanted(include, exclude, depthMax, bytes, unitLines, priorities, skips);
    }

    public Wanted ranking(List<Priority> rules) {
        return new Wanted(include, exclude, depthMax, bytesMax, unitLines, rules, skips);
    }

    /**
     * How urgent directories are.
     *
     * @param pattern of the directory or one above it
     * @param priority 0 to 4, 0 the most urgent
     */
    public record Priority(String pattern, int priority) {
        /** Where no rule says otherwise. */
        public static final int USUAL = 2;

        public static final int LEAST = 4;

        public Priority {
            if (priority < 0 || priority > LEAST) {
                throw Problem.invalid("priority of %s must be 0 to %d".formatted(pattern, LEAST));
            }
        }
    }

    /**
     * What is left out, and as what.
     *
     * @param beside only where a file with one of these names stands beside it; anywhere when empty
     */
    public record Skip(String pattern, Reason reason, List<String> beside) {
        public Skip {
            beside = List.copyOf(beside);
        }
    }
}
