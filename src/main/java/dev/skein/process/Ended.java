package dev.skein.process;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * How a command ended, with everything it started.
 *
 * @param status as {@code waitpid} is told by shells: the exit code, or 128 and the signal
 * @param cut why it was ended from here
 * @param peakBytes most resident memory of the whole tree that was seen
 * @param capBytes it ran under; 0 for none
 * @param lastErrors the end of what it wrote to the stream for errors
 * @param process that held most at the peak; empty when none was seen
 */
public record Ended(int status, Cut cut, long peakBytes, long capBytes, String lastErrors, String process) {
    private static final int SIGNALS_FROM = 128;
    private static final int SIGNAL_LAST = 64;
    private static final int JAVA_OUT_OF_MEMORY = 3;
    private static final int NEAR_CAP_PERCENT = 90;
    private static final int PERCENT = 100;
    private static final List<Integer> MEMORY_SIGNALS = List.of(6, 7, 9, 11);
    private static final int SIGXCPU = 24;
    private static final int SIGXFSZ = 25;

    /** What allocation failures are called; each where it begins a line or stands within one. */
    private static final List<String> NATIVE_MESSAGES = List.of(
            "insufficient memory for the java runtime environment",
            "could not reserve enough space",
            "could not allocate compressed class space",
            "failed to reserve memory for metaspace",
            "heap out of memory",
            "\nmemoryerror",
            "fatal error: out of memory",
            "fatal error: runtime: out of memory",
            "runtime: cannot allocate memory",
            "std::bad_alloc",
            "cannot allocate memory",
            "memory exhausted", // coreutils, grep, sed
            "out of memory");

    /** Why it was ended from here. */
    public enum Cut {
        NONE,
        MEMORY,
        /** By the kernel, for what its control group held. */
        GROUP,
        PROCESSES,
        OUTPUT,
        STOPPED
    }

    /** The families of ends. */
    public enum Kind {
        SUCCEEDED,
        FAILED,
        CRASHED,
        OOM_KILLED,
        LIMIT_HIT,
        STOPPED
    }

    /**
     * What it means.
     *
     * @param evidence of running out of memory: {@code watchdog}, {@code cgroup}, {@code rlimit}, {@code java-heap};
     *     of a limit its
     *     name: {@code processes}, {@code output}, {@code cpu}, {@code file_size}; else empty
     * @param memorySuspect whether lack of memory is likely but not shown
     */
    public record Cause(Kind kind, String evidence, boolean memorySuspect) {}

    /** The signal that ended it. */
    public OptionalInt signal() {
        return status > SIGNALS_FROM && status <= SIGNALS_FROM + SIGNAL_LAST
                ? OptionalInt.of(status - SIGNALS_FROM)
                : OptionalInt.empty();
    }

    /** The family it belongs to; a pure function of what is known. */
    public Cause cause() {
        return switch (cut) {
            case MEMORY -> new Cause(Kind.OOM_KILLED, "watchdog", false);
            case GROUP -> new Cause(Kind.OOM_KILLED, "cgroup", false);
            case PROCESSES -> new Cause(Kind.LIMIT_HIT, "processes", false);
            case OUTPUT -> new Cause(Kind.LIMIT_HIT, "output", false);
            case STOPPED -> new Cause(Kind.STOPPED, "", false);
            case NONE -> byItself();
        };
    }

    private Cause byItself() {
        if (status == 0) {
            return new Cause(Kind.SUCCEEDED, "", false);
        }
        int signal = signal().orElse(0);
        if (signal == SIGXCPU || signal == SIGXFSZ) {
            return new Cause(Kind.LIMIT_HIT, signal == SIGXCPU ? "cpu" : "file_size", false);
        }
        var said = "\n" + lastErrors.toLowerCase(Locale.ROOT);
        boolean isCapped = capBytes > 0;
        if (said.contains("java.lang.outofmemoryerror") && (isCapped || status == JAVA_OUT_OF_MEMORY)) {
            return new Cause(Kind.OOM_KILLED, "java-heap", false);
        }
        boolean isTold = NATIVE_MESSAGES.stream().anyMatch(said::contains);
        if (isTold && isCapped) {
            return new Cause(Kind.OOM_KILLED, "rlimit", false);
        }
        boolean isSuspect = isTold
                || isCapped && MEMORY_SIGNALS.contains(signal) && peakBytes >= capBytes / PERCENT * NEAR_CAP_PERCENT;
        return new Cause(signal > 0 ? Kind.CRASHED : Kind.FAILED, "", isSuspect);
    }
}
