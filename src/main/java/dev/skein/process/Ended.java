package dev.skein.process;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * How a command ended, with everything it started.
 *
 * @param status as {@code waitpid} is told by shells: the exit code, or 128 and the signal
 * @param cut why it was ended from here
 * @param peak most that was seen of the whole tree
 * @param capBytes it ran under; 0 for none
 * @param lastErrors the end of what it wrote to the stream for errors
 * @param process that held most at the peak; empty when none was seen
 */
public record Ended(int status, Cut cut, Peak peak, long capBytes, String lastErrors, String process) {
    private static final int SIGNALS_FROM = 128;
    private static final int SIGNAL_LAST = 64;
    private static final int NEAR_CAP_PERCENT = 80;
    private static final int PERCENT = 100;
    private static final List<Integer> MEMORY_SIGNALS = List.of(6, 7, 9, 11);
    private static final int SIGXCPU = 24;
    private static final int SIGXFSZ = 25;
    private static final String RLIMIT = "rlimit";
    private static final String JAVA_HEAP = "java-heap";

    /** Java calls it a lack of memory when the kernel refuses it one thread more. */
    private static final Pattern NO_THREAD = Pattern.compile("(?m)^(Exception in thread \"[^\"]*\" |Caused by: )?"
            + "java\\.lang\\.OutOfMemoryError: unable to create (new )?native thread");

    private static final List<Integer> JAVA_STATUSES = List.of(1, 3);

    /**
     * Most that was seen; a command that is gone within some milliseconds is not seen at all.
     *
     * @param residentBytes of all processes together; 0 when none was seen
     * @param addressBytes of the process with the largest address space; 0 when none was seen
     */
    public record Peak(long residentBytes, long addressBytes) {
        public static final Peak UNSEEN = new Peak(0, 0);
    }

    /*
     * Whether memory was what it lacked. An allocation that is refused leaves no trace but words, and one that is too
     * large at once shows in no peak. Words alone prove nothing though: a program may write anything. So the last
     * words of a runtime count when they are whole, where they stand at the beginning of a line, and when its code or
     * signal is the one it ends with then. Any other mention counts only when the peak was near the cap.
     */

    /**
     * How a runtime ends that is refused memory.
     *
     * @param statuses it ends with then; none for any but 0
     */
    private record Sign(Pattern form, List<Integer> statuses, String evidence) {
        static Sign of(String form, Integer... statuses) {
            return new Sign(Pattern.compile("(?m)" + form), List.of(statuses), RLIMIT);
        }

        boolean isOf(int status, String said) {
            return (statuses.isEmpty() || statuses.contains(status))
                    && form.matcher(said).find();
        }
    }

    private static final List<Sign> SIGNS = List.of(
            new Sign(
                    Pattern.compile("(?m)^(Terminating due to )?java\\.lang\\.OutOfMemoryError: "),
                    List.of(3),
                    JAVA_HEAP),
            Sign.of("^# There is insufficient memory for the Java Runtime Environment to continue", 1, 134),
            Sign.of(
                    "^Error occurred during initialization of VM\\R"
                            + "(?s:.*)(Could not (reserve|allocate)|Failed to (reserve|allocate)|Unable to allocate)",
                    1),
            Sign.of("^Traceback \\(most recent call last\\):(?s:.*)^MemoryError(: .*)?\\s*\\z", 1),
            Sign.of("^terminat\\w+ .*std::bad_alloc", 134),
            Sign.of("^fatal error: (runtime: )?(out of memory|cannot allocate memory)", 2),
            Sign.of("^(FATAL ERROR: .*|#.*Fatal .*)(heap|process) out of memory", 132, 133, 134, 139),
            Sign.of("^memory allocation of \\d+ bytes failed", 134),
            Sign.of("^(\\S+: )?memory exhausted\\s*\\z", 1, 2),
            Sign.of("^(\\S+: )?(line \\d+: )?x(m|re)alloc: .*cannot allocate \\d+ bytes", 2),
            Sign.of("^Out of memory(!| in perl:).*\\s*\\z", 1),
            Sign.of("failed to allocate memory \\(NoMemoryError\\)|^\\[FATAL\\] failed to allocate memory", 1));

    /** What may mean the same, as lower-case words. */
    private static final List<String> MENTIONS = List.of(
            "insufficient memory for the java runtime environment",
            "could not reserve enough space",
            "could not allocate compressed class space",
            "failed to reserve memory for metaspace",
            "\nmemoryerror",
            "std::bad_alloc",
            "cannot allocate memory",
            "memory exhausted",
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
     *     name: {@code processes}, {@code threads}, {@code output}, {@code cpu}, {@code file_size}; else empty
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
        if (JAVA_STATUSES.contains(status) && NO_THREAD.matcher(lastErrors).find()) {
            return new Cause(Kind.LIMIT_HIT, "threads", false);
        }
        var sign = SIGNS.stream().filter(one -> one.isOf(status, lastErrors)).findFirst();
        if (sign.isPresent() && (capBytes > 0 || sign.get().evidence.equals(JAVA_HEAP))) {
            return new Cause(Kind.OOM_KILLED, sign.get().evidence, false);
        }
        return mentioned(sign.isPresent());
    }

    private Cause mentioned(boolean isSign) {
        var said = "\n" + lastErrors.toLowerCase(Locale.ROOT);
        boolean isHeap = said.contains("java.lang.outofmemoryerror");
        if (isHeap && isNear(peak.residentBytes)) {
            return new Cause(Kind.OOM_KILLED, JAVA_HEAP, false);
        }
        boolean isTold = MENTIONS.stream().anyMatch(said::contains);
        if (isTold && (isNear(peak.residentBytes) || isNear(peak.addressBytes))) {
            return new Cause(Kind.OOM_KILLED, RLIMIT, false);
        }
        int signal = signal().orElse(0);
        boolean isSuspect = isSign || isTold || isHeap || MEMORY_SIGNALS.contains(signal) && isNear(peak.residentBytes);
        return new Cause(signal > 0 ? Kind.CRASHED : Kind.FAILED, "", isSuspect);
    }

    private boolean isNear(long bytes) {
        return capBytes > 0 && bytes >= capBytes / PERCENT * NEAR_CAP_PERCENT;
    }
}
