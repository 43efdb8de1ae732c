package dev.skein.cli.review.fix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.FakeCluster;
import dev.skein.cli.FakeCluster.Answer;
import dev.skein.cli.Run;
import dev.skein.job.Outcome;
import dev.skein.job.exec.Outcomes;
import dev.skein.kernel.SteadyClock;
import dev.skein.process.Command;
import dev.skein.process.Command.Limits;
import dev.skein.process.Processes;
import dev.skein.process.Running;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A cluster with one review and one worker, which really runs what it is asked to, under its cap. */
final class ExecCluster implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONG = Duration.ofSeconds(60);

    final FakeCluster http = new FakeCluster();
    final List<JsonNode> submitted = new CopyOnWriteArrayList<>();
    final List<String> cancelled = new CopyOnWriteArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private final Map<String, Ran> jobs = new ConcurrentHashMap<>();
    private final Processes processes = new Processes();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Path state;

    ExecCluster(Path root, Path state) {
        this.state = state;
        var run = "{\"id\":\"r-7\",\"name\":\"app\",\"root\":\"%s\",\"node\":\"n\",\"state\":\"done\"}".formatted(root);
        http.on("GET /api/v1/reviews/r-7", 200, run);
        http.on("GET /api/v1/reviews", 200, "{\"reviews\":[" + run + "]}");
        http.on(
                "GET /api/v1/reviews/r-7/findings",
                asked -> new Answer(
                        200, "{\"findings\":[" + String.join(",", findings) + "],\"rules\":[],\"gaps\":[]}"));
        http.on("GET /api/v1/jobs", asked -> new Answer(200, labelled(asked.path())));
        http.on("POST /api/v1/jobs", asked -> submit(asked.body()));
    }

    /** Has the review find something. */
    ExecCluster finds(String path, int line, String quote, @Nullable String replacement) {
        var finding = JSON.createObjectNode()
                .put("path", path)
                .put("start_line", line)
                .put("start_column", 1)
                .put("end_line", line)
                .put("end_column", quote.length() + 1)
                .put("quote", quote)
                .put("rule", "rule-" + findings.size())
                .put("severity", "medium")
                .put("confidence", 1)
                .put("message", "It is not right.")
                .put("engine", "ollama")
                .put("fingerprint", "f" + findings.size());
        if (replacement != null) {
            finding.put("replacement", replacement);
        }
        findings.add(finding.toString());
        return this;
    }

    Run fix(String... arguments) {
        var all = new ArrayList<>(List.of("review", "fix", "r-7"));
        all.addAll(List.of(arguments));
        return Run.with(environment(), "", all.toArray(String[]::new));
    }

    Map<String, String> environment() {
        return Map.of("SKEIN_ENDPOINT", http.endpoint(), "HOME", "/nonexistent", "XDG_STATE_HOME", state.toString());
    }

    /** A command that was or is run. */
    private record Ran(Running running, ByteArrayOutputStream log, List<Boolean> late) {}

    private Answer submit(String body) {
        try {
            var spec = JSON.readTree(body);
            submitted.add(spec);
            var id = "j-" + submitted.size();
            var cwd = Path.of(spec.path("payload").path("cwd").asText());
            start(id, spec, cwd);
            http.on("GET /api/v1/jobs/" + id, asked -> new Answer(200, job(id)));
            http.on("GET /api/v1/jobs/" + id + "/logs", asked -> new Answer(200, log(id, asked.path())));
            http.on("POST /api/v1/jobs/" + id + "/cancel", asked -> cancel(id));
            return new Answer(202, "{\"id\":\"%s\",\"state\":\"queued\",\"existing\":false}".formatted(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(String id, JsonNode spec, Path cwd) throws IOException {
        var payload = spec.path("payload");
        var list = payload.has("shell")
                ? List.of("/bin/sh", "-c", payload.path("shell").asText())
                : List.of(JSON.convertValue(payload.path("argv"), String[].class));
        var log = new ByteArrayOutputStream();
        var environment = Command.environment(System.getenv(), Map.of());
        var limits = Limits.capped(spec.path("memory_bytes").asLong());
        var running = processes.start(new Command(list, cwd, environment, limits), (isError, bytes, length) -> {
            synchronized (log) {
                log.write(bytes, 0, length);
            }
        });
        running.input().close();
        var ran = new Ran(running, log, new CopyOnWriteArrayList<>());
        jobs.put(id, ran);
        timer.schedule(() -> overdue(ran), spec.path("run_timeout_millis").asLong(), TimeUnit.MILLISECONDS);
    }

    private static void overdue(Ran ran) {
        if (!ran.running.ended().isDone()) {
            ran.late.add(true);
            ran.running.stop(Duration.ofMillis(100));
        }
    }

    private String job(String id) {
        var ran = jobs.get(id);
        try {
            var ended = ran.running.ended().get(2, TimeUnit.SECONDS);
            var outcome = ran.late.isEmpty()
                    ? Outcomes.of(ended)
                    : Outcome.timedOut("run", "no end within run_timeout_millis", true);
            var state =
                    outcome.isSuccess() ? "succeeded" : outcome.kind() == Outcome.Kind.OOM_KILLED ? "parked" : "dead";
            var body = JSON.createObjectNode().put("id", id).put("state", state).put("worker", "worker-0");
            body.set("outcome", JSON.valueToTree(outcome));
            return body.toString();
        } catch (TimeoutException goesOn) {
            return "{\"id\":\"%s\",\"state\":\"running\",\"worker\":\"worker-0\"}".formatted(id);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private String labelled(String path) {
        var found = new ArrayList<String>();
        for (int i = 0; i < submitted.size(); i++) {
            if (path.contains("label=" + submitted.get(i).path("labels").path(0).asText())) {
                found.add(job("j-" + (i + 1)));
            }
        }
        return "{\"jobs\":[" + String.join(",", found) + "]}";
    }

    private String log(String id, String path) {
        var log = jobs.get(id).log;
        synchronized (log) {
            boolean isFirst = path.contains("offset=-");
            var text = isFirst ? log.toString(StandardCharsets.UTF_8) : "";
            return JSON.createObjectNode()
                    .put("text", text)
                    .put("next", log.size())
                    .put("attempt", 1)
                    .put("ended", true)
                    .toString();
        }
    }

    private Answer cancel(String id) {
        cancelled.add(id);
        jobs.get(id).running.stop(Duration.ofMillis(100));
        return new Answer(200, job(id));
    }

    /** Waits until the job with this number runs. */
    Running running(int number) throws Exception {
        var clock = SteadyClock.system();
        var latest = clock.instant().plus(LONG);
        while (!jobs.containsKey("j-" + number)) {
            if (clock.instant().isAfter(latest)) {
                throw new AssertionError("no job " + number + " within " + LONG);
            }
            Thread.onSpinWait();
        }
        return jobs.get("j-" + number).running;
    }

    @Override
    public void close() {
        processes.close();
        timer.shutdownNow();
        http.close();
    }
}
