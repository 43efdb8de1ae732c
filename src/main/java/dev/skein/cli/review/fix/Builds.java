package dev.skein.cli.review.fix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.job.JobApi;
import dev.skein.cli.terminal.Clean;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.Ids;
import dev.skein.review.fix.BuildError;
import dev.skein.review.fix.BuildErrors;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Builds a work tree by jobs of type {@code exec}, one at a time. Not thread-safe. */
final class Builds {
    private static final Duration QUEUE = Duration.ofMinutes(10);
    private static final Duration STEP = Duration.ofSeconds(5);
    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final Set<String> NOBODY = Set.of("no_worker", "no_capability", "no_label", "too_large");
    private static final Set<String> OF_THE_BUILD =
            Set.of("exit_code", "command_not_found", "command_not_executable", "command_too_long");
    private static final int LOG_BYTES = 256 << 10;
    private static final int LOG_PART = 64 << 10;
    private static final int LOG_PARTS = 8;
    private static final int ERRORS_MAX = 5;
    private static final int LAST_LINES = 3;
    private static final int KEY_BYTES = 16;

    private final JobApi jobs;
    private final FixFolder folder;
    private final BuildCommand command;
    private final BuildLimits limits;
    private final InstantSource clock;
    private String worker = ""; // that has built here before
    private volatile String running = ""; // for whoever interrupts

    Builds(JobApi jobs, FixFolder folder, BuildCommand command, BuildLimits limits, InstantSource clock) {
        this.jobs = jobs.patient(STEP.plus(MARGIN));
        this.folder = folder;
        this.command = command;
        this.limits = limits;
        this.clock = clock;
    }

    /** Builds the work tree as it is. */
    BuildEnd build() {
        var end = once();
        boolean isLost =
                end instanceof BuildEnd.Unknown unknown && unknown.reason().startsWith("LOST");
        return isLost ? once() : end; // the worker went away, which says nothing of the build
    }

    private BuildEnd once() {
        var id = jobs.submit(body()).path("id").asText();
        running = id;
        var job = await(id);
        running = "";
        worker = job.path("worker").asText("");
        return ended(job);
    }

    /** Ends what runs, if anything does. */
    void stop() {
        var id = running;
        if (!id.isEmpty()) {
            jobs.post(id, "cancel", "the fix that asked for it was interrupted");
        }
    }

    private ObjectNode body() {
        var body = JobApi.JSON.createObjectNode().put("type", "exec");
        var payload = body.putObject("payload");
        if (command.script() == null) {
            command.words().forEach(payload.putArray("argv")::add);
        } else {
            payload.put("shell", command.script());
        }
        payload.put("cwd", folder.tree().resolve(command.directory()).toString());
        var environment = payload.putObject("env");
        command.environment(limits.memoryBytes(), folder.directory()).forEach(environment::put);
        limits.environment().forEach(environment::put);
        body.put("memory_bytes", limits.memoryBytes());
        body.put("run_timeout_millis", limits.time().toMillis());
        body.put("queue_timeout_millis", QUEUE.toMillis());
        body.put("max_attempts", 1);
        body.put("idempotency_key", "fix-" + Ids.hex(KEY_BYTES));
        body.putArray("labels").add(folder.name()); // by which the next run finds it when this one is killed
        if (!limits.workerLabels().isEmpty()) {
            limits.workerLabels().forEach(body.putArray("worker_labels")::add);
        }
        if (!worker.isEmpty()) {
            body.put("affinity", worker);
        }
        return body;
    }

    private JsonNode await(String id) {
        var latest =
                clock.instant().plus(QUEUE).plus(limits.time().multipliedBy(2)).plus(MARGIN);
        String hindrance = null;
        while (true) {
            var job = jobs.get(id, STEP);
            if (JobApi.hasEnded(job)) {
                return job;
            }
            var now = job.path("state").asText().equals("queued") ? nobody(id) : null;
            if (now != null && now.equals(hindrance)) {
                jobs.post(id, "cancel", "nobody can do it");
                throw Failure.of(ExitCode.UNSUCCESSFUL, "no worker can run the build")
                        .because(now)
                        .advise("skein worker list, and --memory, --label");
            }
            hindrance = now;
            if (clock.instant().isAfter(latest)) {
                jobs.post(id, "cancel", "it took too long");
                throw Failure.of(ExitCode.UNSUCCESSFUL, "the build " + id + " did not end in time");
            }
        }
    }

    /** Why no worker that there is can do it; null when one can. */
    private @Nullable String nobody(String id) {
        var reasons = jobs.api().get(JobApi.path(id) + "/why").path("reasons");
        var all = StreamSupport.stream(reasons.spliterator(), false).toList();
        boolean isNobody = !all.isEmpty()
                && all.stream()
                        .allMatch(each -> NOBODY.contains(each.path("code").asText()));
        return isNobody
                ? all.stream()
                        .map(each -> Clean.line(each.path("text").asText()))
                        .collect(Collectors.joining("; "))
                : null;
    }

    private BuildEnd ended(JsonNode job) {
        if (job.path("state").asText().equals("succeeded")) {
            return new BuildEnd.Passed();
        }
        var outcome = job.path("outcome");
        var kind = outcome.path("kind").asText();
        var said = Clean.line(outcome.path("message").asText(kind));
        if (job.path("state").asText().equals("parked")) {
            jobs.post(job.path("id").asText(), "cancel", "the fix goes on without it");
        }
        boolean isOver =
                kind.equals("TIMED_OUT") && outcome.path("code").asText().equals("run_timeout");
        return switch (kind) {
            case "FAILED" -> failed(job, outcome.path("code").asText(), said);
            case "OOM_KILLED" -> new BuildEnd.Failed("killed by its memory cap: " + said, List.of());
            case "CRASHED", "LIMIT_HIT" -> new BuildEnd.Failed(said, errors(log(job)));
            case "TIMED_OUT" ->
                isOver
                        ? new BuildEnd.Failed("it took longer than the time limit: " + said, List.of())
                        : new BuildEnd.Unknown(said);
            default -> new BuildEnd.Unknown(kind + ": " + said);
        };
    }

    private BuildEnd failed(JsonNode job, String code, String said) {
        if (!OF_THE_BUILD.contains(code)) {
            return new BuildEnd.Unknown(
                    code.equals("working_directory_missing")
                            ? "worker %s does not see the work tree: %s".formatted(worker, said)
                            : said);
        }
        var log = log(job);
        var errors = errors(log);
        return new BuildEnd.Failed(errors.isEmpty() ? said + last(log) : said, errors);
    }

    private static List<BuildError> errors(String log) {
        return BuildErrors.in(log.lines().toList()).stream()
                .filter(each -> !each.warning())
                .limit(ERRORS_MAX)
                .toList();
    }

    private static String last(String log) {
        var lines = log.lines().filter(line -> !line.isBlank()).toList();
        var last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        return last.isEmpty() ? "" : "; it said: " + Clean.line(String.join(" | ", last));
    }

    /** The end of what it wrote; empty when nobody has it any more. */
    private String log(JsonNode job) {
        var id = job.path("id").asText();
        var parts = new ArrayList<String>();
        try {
            var part = jobs.logs(id, "bytes=" + LOG_PART + "&offset=" + -LOG_BYTES);
            for (int i = 0; i < LOG_PARTS && !part.path("text").asText().isEmpty(); i++) {
                parts.add(part.path("text").asText());
                var from = "&offset=" + part.path("next").asLong() + "&attempt="
                        + part.path("attempt").asInt();
                part = jobs.logs(id, "bytes=" + LOG_PART + from);
            }
        } catch (Failure gone) {
            parts.add(job.path("log").asText(""));
        }
        return String.join("", parts);
    }
}
