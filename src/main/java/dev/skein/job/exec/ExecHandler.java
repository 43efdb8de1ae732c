package dev.skein.job.exec;

import dev.skein.job.Outcome;
import dev.skein.job.run.JobCall;
import dev.skein.job.run.JobHandler;
import dev.skein.job.run.JobLog.Stream;
import dev.skein.job.run.JobResult;
import dev.skein.job.run.JobSurroundings;
import dev.skein.kernel.Problem;
import dev.skein.process.Command;
import dev.skein.process.Command.Limits;
import dev.skein.process.Ended;
import dev.skein.process.Processes;
import dev.skein.process.Running;
import dev.skein.process.User;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs a command under the job's cap and ends it, with everything it started, when the job must end. */
public final class ExecHandler implements JobHandler {
    private static final int TOO_LONG = 7; // E2BIG
    private static final Duration GRACE = Duration.ofSeconds(2);

    private @Nullable Processes processes; // set once by open, as is the next
    private @Nullable User user;

    @Override
    public String type() {
        return "exec";
    }

    @Override
    public void open(JobSurroundings around) {
        try {
            Processes.check();
            user = User.named(around.settings().get("user"));
            processes = around.processes();
        } catch (IOException lacking) {
            throw new UncheckedIOException(String.valueOf(lacking.getMessage()), lacking);
        }
    }

    @Override
    public Future<JobResult> run(JobCall call) {
        var payload = ExecPayload.of(call.payload());
        var folder = payload.cwd() == null ? call.workingDirectory() : Path.of(payload.cwd());
        if (!Files.isDirectory(folder)) {
            return Future.succeededFuture(
                    JobResult.failed("working_directory_missing", missing(payload.cwd()), payload.cwd() == null));
        }
        var out = new Capture(payload.captureBytes());
        var err = new Capture(payload.captureBytes());
        var environment = Command.environment(System.getenv(), payload.env());
        Running running;
        try {
            if (user != null && payload.cwd() == null) {
                user.take(folder);
            }
            var command = new Command(payload.words(), folder, environment, limits(call));
            running = Objects.requireNonNull(processes).start(command, (isError, bytes, length) -> {
                (isError ? err : out).add(bytes, length);
                call.log().write(isError ? Stream.ERR : Stream.OUT, bytes, 0, length);
            });
        } catch (IllegalArgumentException wrong) {
            return Future.failedFuture(Problem.invalid(String.valueOf(wrong.getMessage())));
        } catch (IOException failed) {
            return Future.succeededFuture(notStarted(String.valueOf(failed.getMessage())));
        }
        call.stopped().onSuccess(reason -> running.stop(GRACE));
        call.uses(running::residentBytes);
        feed(running, payload.stdin());
        return Future.fromCompletionStage(running.ended().thenApply(ended -> result(ended, out, err)));
    }

    private static String missing(@Nullable String cwd) {
        return cwd == null ? "the folder of this call is gone" : "there is no folder " + cwd;
    }

    /** What the system said, without the programs and folders of the node that stand before it. */
    private static JobResult notStarted(String said) {
        if (said.contains("error=" + TOO_LONG + ",")) {
            return JobResult.failed("command_too_long", "argv and env together are too long for the kernel", false);
        }
        var reason = said.replaceFirst("(?s)^.*error=\\d+, ", "");
        return JobResult.failed("not_started", "no process could be made: " + reason, true);
    }

    private Limits limits(JobCall call) {
        return Limits.capped(call.capBytes()).as(user);
    }

    /** On the caller's thread, which may block; a command that does not read all ends the writing by its end. */
    private static void feed(Running running, @Nullable String text) {
        try (var input = running.input()) {
            if (text != null) {
                input.write(text.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException unread) {
            return; // its business
        }
    }

    private static JobResult result(Ended ended, Capture out, Capture err) {
        var outcome = Outcomes.of(ended);
        if (outcome.kind() == Outcome.Kind.SUCCEEDED) {
            return new JobResult(
                    outcome,
                    ExecPayload.result(ended.status(), out, err, ended.peak().residentBytes()));
        }
        return JobResult.of(outcome);
    }
}
