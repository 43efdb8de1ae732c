package dev.skein.cli.terminal;

/** What the exit code of a command means; scripts rely on the numbers. */
public enum ExitCode {
    DONE(0, "done"),
    FAILED(1, "failed for another reason"),
    USAGE(2, "usage, bad flag, bad file"),
    NOT_FOUND(3, "not found"),
    DENIED(4, "not signed in, or scope missing"),
    CONFLICT(5, "conflict, stale version or epoch"),
    UNAVAILABLE(6, "unavailable, no leader; worth retrying"),
    TIMED_OUT(7, "time ran out while waiting; the work goes on"),
    UNSUCCESSFUL(8, "ran to its end, but not all of it succeeded"),
    CHANGES(9, "the plan has changes"),
    INTERRUPTED(130, "interrupted"),
    PIPE_GONE(141, "reader of the pipe went away; silent");

    public final int number;
    public final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }
}
