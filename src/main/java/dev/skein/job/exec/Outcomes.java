package dev.skein.job.exec;

import dev.skein.job.Outcome;
import dev.skein.job.Outcome.Details;
import dev.skein.kernel.ByteSize;
import dev.skein.process.Ended;

/** What the end of a process means for a job. */
public final class Outcomes {
    private static final int NOT_EXECUTABLE = 126;
    private static final int NOT_FOUND = 127;

    private Outcomes() {}

    /** The outcome with everything that is known. */
    public static Outcome of(Ended ended) {
        var cause = ended.cause();
        var signal = ended.signal();
        var details = new Details(
                cause.evidence(),
                ended.peak().residentBytes(),
                ended.capBytes(),
                ended.process(),
                signal.isPresent() ? null : (Integer) ended.status(),
                signal.isPresent() ? (Integer) signal.getAsInt() : null,
                cause.memorySuspect());
        return switch (cause.kind()) {
            case SUCCEEDED -> Outcome.SUCCESS.with(details);
            case OOM_KILLED ->
                Outcome.oomKilled(
                        "out of memory (%s): peak %s of %s"
                                .formatted(cause.evidence(), peak(ended), ByteSize.format(ended.capBytes())),
                        details);
            case LIMIT_HIT ->
                Outcome.limitHit(
                        cause.evidence() + "_limit", "the limit of " + cause.evidence() + " was passed", details);
            case CRASHED, STOPPED ->
                Outcome.crashed(
                        "signal_" + signal.orElse(0), "ended by signal " + signal.orElse(0) + said(ended), details);
            case FAILED -> failed(ended).with(details);
        };
    }

    private static String peak(Ended ended) {
        long bytes = ended.peak().residentBytes();
        return bytes > 0 ? ByteSize.format(bytes) : "none seen";
    }

    private static Outcome failed(Ended ended) {
        return switch (ended.status()) {
            case NOT_FOUND -> Outcome.failed("command_not_found", "the command was not found" + said(ended), false);
            case NOT_EXECUTABLE ->
                Outcome.failed("command_not_executable", "the command cannot be executed" + said(ended), false);
            default -> Outcome.failed("exit_code", "exit code " + ended.status() + said(ended), true);
        };
    }

    /** The last line it wrote about errors. */
    private static String said(Ended ended) {
        var lines = ended.lastErrors().lines().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty() ? "" : ": " + lines.get(lines.size() - 1);
    }
}
