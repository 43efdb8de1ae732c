package dev.skein.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.Shell;
import dev.skein.cli.terminal.Clean;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Follows one job to its end. Ctrl-C ends the following and not the job, unless that was asked for. */
final class Waiting {
    private static final Duration STEP = Duration.ofSeconds(10);
    private static final Duration STEP_DRAWN = Duration.ofSeconds(1);
    private static final Duration MARGIN = Duration.ofSeconds(10);
    private static final int PERCENT = 100;

    private final Shell shell;
    private final JobApi jobs;
    private final InstantSource clock;
    private final @Nullable Duration longest;
    private final boolean cancels;

    /**
     * Waits.
     *
     * @param longest null for as long as it takes
     * @param cancels whether an interrupt ends the job too
     */
    Waiting(Shell shell, JobApi jobs, InstantSource clock, @Nullable Duration longest, boolean cancels) {
        this.shell = shell;
        this.jobs = jobs.patient(STEP.plus(MARGIN));
        this.clock = clock;
        this.longest = longest;
        this.cancels = cancels;
    }

    /** The job as it ended. */
    JsonNode await(String id) {
        var interrupted = new Thread(() -> interrupted(id));
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            return follow(id);
        } finally {
            forget(interrupted);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            hook.setName("skein-detach"); // it runs already
        }
    }

    private void interrupted(String id) {
        if (cancels) {
            jobs.post(id, "cancel", "the one who waited was interrupted");
            shell.terminal().say("cancelled " + id);
        } else {
            shell.terminal().say("detached; skein job wait " + id);
        }
    }

    private JsonNode follow(String id) {
        var end = longest == null ? Instant.MAX : clock.instant().plus(longest);
        var said = "";
        while (true) {
            var job = jobs.get(id, step(end));
            if (JobApi.hasEnded(job)) {
                return job;
            }
            said = say(job, said);
            if (!clock.instant().isBefore(end)) {
                throw Failure.of(
                                ExitCode.TIMED_OUT,
                                "job " + id + " is still " + job.path("state").asText())
                        .advise("skein job wait " + id);
            }
        }
    }

    private Duration step(Instant end) {
        var step = shell.terminal().shape().progress() ? STEP_DRAWN : STEP;
        var left = end.equals(Instant.MAX) ? step : Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left.compareTo(step) < 0 ? left : step;
    }

    private String say(JsonNode job, String said) {
        var line = line(job);
        if (!line.equals(said)) {
            shell.terminal().say(Clean.line(line));
        }
        return line;
    }

    private static String line(JsonNode job) {
        var progress = job.path("progress");
        var percent = progress.path("fraction").isNumber()
                ? String.format(
                        Locale.ROOT, " %.0f %%", progress.path("fraction").asDouble() * PERCENT)
                : "";
        var note = progress.path("note").asText("");
        return job.path("id").asText() + " " + job.path("state").asText() + percent
                + (note.isEmpty() ? "" : " " + note);
    }

    /** Fails unless the job succeeded. */
    static void requireSuccess(JsonNode job) {
        var state = job.path("state").asText();
        if (!state.equals("succeeded")) {
            var outcome = job.path("outcome");
            var why = outcome.path("message").asText("");
            boolean isParked = state.equals("parked"); // it stays so until somebody retries it
            var is = isParked ? " is parked; skein job retry begins it anew" : " ended as " + state;
            throw Failure.of(ExitCode.UNSUCCESSFUL, "job " + job.path("id").asText() + is)
                    .because(why.isEmpty() ? null : outcome.path("code").asText() + ": " + Clean.line(why))
                    .advise("skein job logs " + job.path("id").asText());
        }
    }
}
