package dev.skein.review.engine.model;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.util.List;
import java.util.Set;

/** The ways in which a model does not answer, by the code of the problem. */
public final class ModelProblem {
    private static final String TRUNCATED = "model_truncated";
    private static final String BUSY = "model_busy";
    private static final String FAILED = "model_failed";
    private static final String GONE = "model_unreachable";
    private static final String LATE = "model_timeout";
    private static final String STOPPED = "stopped";
    private static final Set<String> PASSING = Set.of(BUSY, FAILED, GONE);

    private ModelProblem() {}

    /** The question or the answer was cut off. */
    public static Problem truncated(String sentence) {
        return problem(Kind.TOO_LARGE, TRUNCATED, sentence);
    }

    /** Its server has too much to do. */
    public static Problem busy(String sentence) {
        return problem(Kind.LIMITED, BUSY, sentence);
    }

    /** Its server failed at this; another try may help. */
    public static Problem failed(String sentence) {
        return problem(Kind.UNREACHABLE, FAILED, sentence);
    }

    /** Its server cannot be reached, or the connection broke. */
    public static Problem gone(String sentence) {
        return problem(Kind.UNREACHABLE, GONE, sentence);
    }

    public static Problem late(String sentence) {
        return problem(Kind.TIMEOUT, LATE, sentence);
    }

    /** Its server refuses this or says what is no answer; another try would not help. */
    public static Problem refused(String sentence) {
        return problem(Kind.IMPOSSIBLE, "model_refused", sentence);
    }

    public static Problem missing(String sentence) {
        return problem(Kind.NOT_FOUND, "model_missing", sentence);
    }

    public static Problem stopped(String why) {
        return problem(Kind.BUSY, STOPPED, "the review was stopped: " + why);
    }

    /** Whether another try may end otherwise. */
    public static boolean mayPass(Problem problem) {
        return PASSING.contains(problem.code());
    }

    /** Whether it is the server that is not well, and not just at its limit. */
    public static boolean isIllness(Problem problem) {
        return problem.code().equals(FAILED)
                || problem.code().equals(GONE)
                || problem.code().equals(LATE);
    }

    public static boolean isTruncated(Problem problem) {
        return problem.code().equals(TRUNCATED);
    }

    public static boolean isStop(Problem problem) {
        return problem.code().equals(STOPPED);
    }

    /** Whatever a future failed with, as a problem. */
    public static Problem of(Throwable cause) {
        var problem = Problem.in(cause);
        return problem == null ? gone("the connection failed: " + cause.getMessage()) : problem;
    }

    private static Problem problem(Kind kind, String code, String sentence) {
        return new Problem(kind, code, sentence, List.of());
    }
}
