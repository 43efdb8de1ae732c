package dev.skein.cli.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.skein.cli.terminal.Clean;
import dev.skein.review.progress.Eta;
import dev.skein.review.progress.Pace;
import dev.skein.review.progress.Status;
import dev.skein.review.progress.Status.Activity;
import dev.skein.review.progress.Status.Failed;
import dev.skein.review.progress.Status.Pending;
import dev.skein.review.progress.Status.Running;
import dev.skein.review.progress.Status.Totals;
import dev.skein.review.progress.Status.WorkerRate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is shown of a run, from the run and all its tasks as the API has them. */
final class StatusPage {
    private static final int COMMIT_SHOWN = 12;
    private static final int RUNNING_MAX = 10;
    private static final int NEXT_MAX = 5;
    private static final int RECENT_MAX = 5;

    private final JsonNode run;
    private final List<JsonNode> tasks;
    private final Instant now;

    StatusPage(JsonNode run, List<JsonNode> tasks, Instant now) {
        this.run = run;
        this.tasks = tasks;
        this.now = now;
    }

    /** Of a copy, what it is a copy of. */
    private String root() {
        var commit = run.path("commit").asText();
        return run.hasNonNull("git")
                ? run.path("git").asText() + " at " + commit.substring(0, Math.min(COMMIT_SHOWN, commit.length()))
                : run.path("root").asText();
    }

    Status status() {
        var pace = pace();
        return new Status(
                ReviewApi.id(run),
                root(),
                now,
                totals(),
                eta(),
                inState("running")
                        .map(task -> new Running(id(task), title(task), worker(task), elapsed(task)))
                        .sorted(Comparator.comparing(Running::elapsed).reversed())
                        .toList(),
                inState("pending")
                        .map(task -> new Pending(
                                id(task), title(task), task.path("priority").asInt()))
                        .toList(),
                inState("failed")
                        .map(task -> new Failed(
                                id(task), title(task), task.path("reason").asText("no reason was given")))
                        .toList(),
                workers(pace),
                recent());
    }

    /** The same parts for machines. */
    Map<String, ArrayNode> lists() {
        var lists = new LinkedHashMap<String, ArrayNode>();
        lists.put("in_progress", array(inState("running").limit(RUNNING_MAX)));
        lists.put("next", array(inState("pending").limit(NEXT_MAX)));
        lists.put("failed_tasks", array(inState("failed")));
        lists.put("recent", array(finished().limit(RECENT_MAX)));
        return lists;
    }

    private static ArrayNode array(Stream<JsonNode> some) {
        var array = ReviewApi.JSON.createArrayNode();
        some.forEach(array::add);
        return array;
    }

    private Totals totals() {
        return new Totals(tasks.size(), count("done"), count("running"), count("pending"), count("failed"));
    }

    private Stream<JsonNode> inState(String state) {
        return tasks.stream().filter(task -> task.path("state").asText().equals(state));
    }

    private int count(String state) {
        return (int) inState(state).count();
    }

    /** Done tasks, the latest first. */
    private Stream<JsonNode> finished() {
        return inState("done")
                .filter(task -> task.path("finished_at").isTextual())
                .sorted(Comparator.comparing((JsonNode task) -> at(task, "finished_at"))
                        .reversed());
    }

    private Pace pace() {
        var pace = new Pace();
        var order =
                finished().filter(task -> task.path("started_at").isTextual()).toList();
        for (int i = order.size() - 1; i >= 0; i--) {
            var task = order.get(i);
            var took = Duration.between(at(task, "started_at"), at(task, "finished_at"));
            pace.measured(worker(task), lines(task), took.toMillis() / 1e3);
        }
        return pace;
    }

    private Eta eta() {
        var eta = run.path("eta");
        int workers = eta.path("workers").asInt();
        int measured = eta.path("measured").asInt();
        var text = Clean.line(eta.path("text").asText(ReviewApi.hasEnded(run) ? "ended" : "unknown"));
        if (!eta.path("likely_millis").isNumber()) {
            return new Eta(null, workers, measured, text);
        }
        var interval = new Eta.Interval(
                Duration.ofMillis(eta.path("likely_millis").asLong()),
                Duration.ofMillis(eta.path("early_millis").asLong()),
                Duration.ofMillis(eta.path("late_millis").asLong()));
        return new Eta(interval, workers, measured, text);
    }

    private List<WorkerRate> workers(Pace pace) {
        var done = new TreeMap<String, Integer>();
        inState("done")
                .filter(task -> task.path("worker").isTextual())
                .forEach(task -> done.merge(worker(task), 1, Integer::sum));
        inState("running").forEach(task -> done.putIfAbsent(worker(task), 0));
        boolean hasEnded = ReviewApi.hasEnded(run);
        return done.entrySet().stream()
                .map(each -> new WorkerRate(
                        each.getKey(), hasEnded || isBusy(each.getKey()), each.getValue(), pace.rate(each.getKey())))
                .toList();
    }

    private boolean isBusy(String worker) {
        return count("pending") == 0
                || inState("running").anyMatch(task -> worker(task).equals(worker));
    }

    private List<Activity> recent() {
        return finished()
                .limit(RECENT_MAX)
                .map(task -> new Activity(
                        at(task, "finished_at"),
                        worker(task),
                        title(task) + ", " + task.path("findings").asLong() + " findings"))
                .toList();
    }

    private static String title(JsonNode task) {
        int parts = task.path("parts").asInt(1);
        var directory = task.path("directory").asText();
        return parts > 1
                ? "%s (%d of %d)".formatted(directory, task.path("part").asInt(), parts)
                : directory;
    }

    private Duration elapsed(JsonNode task) {
        if (!task.path("started_at").isTextual()) {
            return Duration.ZERO;
        }
        var since = Duration.between(at(task, "started_at"), now);
        return since.isNegative() ? Duration.ZERO : since;
    }

    private static Instant at(JsonNode task, String field) {
        return Instant.parse(task.path(field).asText());
    }

    private static String id(JsonNode task) {
        return Clean.line(task.path("id").asText());
    }

    private static String worker(JsonNode task) {
        return Clean.line(task.path("worker").asText());
    }

    private static long lines(JsonNode task) {
        return task.path("lines").asLong();
    }
}
