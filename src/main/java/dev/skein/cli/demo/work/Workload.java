package dev.skein.cli.demo.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.demo.points.PointServer;
import dev.skein.cli.terminal.Clean;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Has the jobs of the demo done, one of each kind, and checks how each of them ended. */
public final class Workload {
    private static final String JOBS = "//api/v1/jobs";
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Set<String> ENDS = Set.of("succeeded", "failed", "cancelled", "dead", "parked");
    private static final String ROW = "%-11s %-13s  %-10s  %-8s  %-8s  %6s  %s";

    private final Api api;
    private final Shell shell;
    private final InstantSource clock;

    public Workload(Api api, Shell shell, InstantSource clock) {
        this.api = api;
        this.shell = shell;
        this.clock = clock;
    }

    /** What the configuration of a worker must say for the jobs to be done there. */
    public static String settings(String java, String classPath) {
        var words = new ArrayList<>(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx32m"));
        words.addAll(List.of("-cp", classPath, PointServer.class.getName()));
        var args = new ObjectMapper().valueToTree(words);
        return """
                jobs.mcp.servers.%1$s.command: "%2$s"
                jobs.mcp.servers.%1$s.args: %3$s
                """.formatted(Task.SERVER, java, args);
    }

    /**
     * Runs everything and prints a line for each.
     *
     * @throws Failure when one did not end as it must
     */
    public void run() {
        awaitRunners();
        var submitted = new EnumMap<Task, String>(Task.class);
        for (var task : Task.values()) {
            submitted.put(task, api.post(JOBS, task.job()).path("id").asText());
        }
        shell.terminal().say("jobs        a heavy one, one without bound and one of a server are queued");
        var deadline = clock.instant().plus(LONGEST);
        var ended = new EnumMap<Task, JsonNode>(Task.class);
        submitted.forEach((task, id) -> ended.put(task, ended(id, deadline)));
        report(ended);
    }

    private void awaitRunners() {
        var deadline = clock.instant().plus(LONGEST);
        var wanted = Arrays.stream(Task.values()).map(task -> task.type).toList();
        while (!offered().containsAll(wanted)) {
            if (clock.instant().isAfter(deadline)) {
                throw Failure.of(ExitCode.TIMED_OUT, "nobody does jobs of the types " + String.join(", ", wanted));
            }
            Pause.of(LOOK);
        }
    }

    private Set<String> offered() {
        var types = new HashSet<String>();
        api.get(JOBS + "/runners")
                .path("runners")
                .forEach(runner -> runner.path("runner").path("types").forEach(type -> types.add(type.asText())));
        return types;
    }

    /** One that is parked has not ended, and nobody tells of it. */
    private JsonNode ended(String id, Instant deadline) {
        while (true) {
            var job = api.get(JOBS + "/" + Api.part(id) + "?payload=false");
            if (ENDS.contains(job.path("state").asText())) {
                return job;
            }
            if (clock.instant().isAfter(deadline)) {
                throw Failure.of(ExitCode.TIMED_OUT, "job " + id + " did not end within " + LONGEST.toSeconds() + " s")
                        .because(api.get(JOBS + "/" + Api.part(id) + "/why").toString());
            }
            Pause.of(LOOK);
        }
    }

    private void report(Map<Task, JsonNode> ended) {
        var terminal = shell.terminal();
        terminal.printLine(ROW.formatted("jobs", "TYPE", "OUTCOME", "WORKER", "ATTEMPTS", "TIME", "WHAT"));
        var faults = new ArrayList<String>();
        ended.forEach((task, job) -> {
            terminal.printLine(row(task, job));
            if (!task.isExpected(job)) {
                faults.add("%s: expected %s, got %s".formatted(task.type, task.expectation(), job));
            }
        });
        if (!faults.isEmpty()) {
            throw Failure.of(ExitCode.UNSUCCESSFUL, "a job of the demo did not end as it must")
                    .because(String.join("\n", faults));
        }
    }

    private static String row(Task task, JsonNode job) {
        var outcome = job.path("outcome");
        var says =
                task.isExpected(job) ? task.says(job) : outcome.path("message").asText();
        return ROW.formatted(
                "",
                task.type,
                outcome.path("kind").asText().toUpperCase(Locale.ROOT),
                Clean.line(job.path("worker").asText("-")),
                job.path("attempt").asInt(),
                seconds(job),
                Clean.line(says));
    }

    /** Of the last attempt; of a job that is parked the end is that of its attempt. */
    private static String seconds(JsonNode job) {
        var attempts = job.path("attempts");
        var last = attempts.path(attempts.size() - 1);
        if (!last.path("started_at").isTextual() || !last.path("finished_at").isTextual()) {
            return "-";
        }
        var took = Duration.between(
                Instant.parse(last.path("started_at").asText()),
                Instant.parse(last.path("finished_at").asText()));
        return String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1_000.0);
    }
}
