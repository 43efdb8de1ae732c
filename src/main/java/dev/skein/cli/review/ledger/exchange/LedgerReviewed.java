package dev.skein.cli.review.ledger.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.review.export.Reviewed;
import dev.skein.cli.review.ledger.LedgerSite;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.Problem;
import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.TaskState;
import dev.skein.review.ledger.claim.View;
import dev.skein.review.ledger.result.ResultFile;
import dev.skein.review.ledger.status.LedgerStatus;
import dev.skein.review.report.Report.Skipped;
import dev.skein.review.report.Report.Skips;
import dev.skein.review.run.ReviewParts;
import dev.skein.review.scope.Scope;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A ledger in the form in which the API has a run, so that one report is made of either. */
final class LedgerReviewed {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LedgerSite site;
    private final View view;
    private final List<Task> tasks;
    private final Map<String, String> doubts = new HashMap<>(); // why a done task is unproven, by its id

    private LedgerReviewed(LedgerSite site, View view) {
        this.site = site;
        this.view = view;
        this.tasks = view.tasks().stream()
                .filter(task -> task.state() != TaskState.DROPPED)
                .toList();
        tasks.stream().filter(task -> task.state() == TaskState.DONE).forEach(this::check);
    }

    /** @param name that its report bears */
    static Reviewed of(LedgerSite site, View view, String name) {
        var ledger = new LedgerReviewed(site, view);
        if (ledger.tasks.isEmpty()) {
            throw Failure.of(ExitCode.NOT_FOUND, "the ledger has no tasks").advise("skein review ledger init");
        }
        var rows = ledger.tasks.stream().map(ledger::task).toList();
        var skips = ledger.skips(); // which checks the files out, too
        return new Reviewed(
                ledger.run(name), rows, ledger::page, skips, site.mirror.files().toString());
    }

    private void check(Task task) {
        var said = "it is said to be done, but ";
        try {
            var bytes = bytes(task);
            if (bytes.isPresent()) {
                ResultFile.check(task, ResultFile.read(task.id(), bytes.get()));
            } else {
                doubts.put(task.id(), said + ResultFile.path(task.id()) + " is not there");
            }
        } catch (Problem unreadable) {
            doubts.put(task.id(), said + unreadable.sentence());
        }
    }

    private Optional<byte[]> bytes(Task task) {
        return site.mirror.read(view.head(), ResultFile.path(task.id()), ResultFile.BYTES_MAX);
    }

    private boolean hasResult(Task task) {
        return task.state() == TaskState.DONE && !doubts.containsKey(task.id());
    }

    private JsonNode run(String name) {
        var status = new LedgerStatus(view, Instant.EPOCH);
        long count = tasks.stream()
                .mapToLong(task -> task.issue().metadata("files").asLong())
                .sum();
        var engine = tasks.stream()
                .filter(this::hasResult)
                .findFirst()
                .map(task -> lines(task).get(0).path("engine").asText())
                .orElse("");
        long reviewed = tasks.stream()
                .filter(this::hasResult)
                .mapToLong(LedgerStatus::reviewed)
                .sum();
        return JSON.createObjectNode()
                .put("id", name)
                .put("engine", engine)
                .put("files", count)
                .put("lines", status.lines())
                .put("reviewed", reviewed);
    }

    private JsonNode task(Task task) {
        var issue = task.issue();
        var doubt = doubts.get(task.id());
        long findings = 0;
        for (var count : issue.metadata("findings")) {
            findings += count.asLong();
        }
        var row = JSON.createObjectNode()
                .put("id", task.id())
                .put("directory", task.directory())
                .put("part", task.part())
                .put("parts", task.parts())
                .put("lines", task.lines())
                .put("attempt", task.attempts())
                .put("worker", issue.metadata("worker").asText(""))
                .put("findings", findings)
                .put("state", doubt == null ? word(task.state()) : "failed");
        if (doubt != null) {
            row.put("reason", doubt);
        } else if (task.state() == TaskState.FAILED) {
            row.put("reason", task.reason());
        }
        times(row, task);
        return row;
    }

    private static String word(TaskState state) {
        return switch (state) {
            case DONE -> "done";
            case FAILED -> "failed";
            case HELD -> "held by somebody without a claim";
            default -> "pending";
        };
    }

    /** By how long it took: a clock is asked for the end alone. */
    private static void times(ObjectNode row, Task task) {
        if (task.state() == TaskState.DONE) {
            var ended = task.issue().time("closed_at");
            var seconds = task.issue().metadata("seconds").asDouble(0);
            var began = ended.minus(Duration.ofMillis(Math.round(Math.max(0, seconds) * 1e3)));
            row.put("started_at", began.toString()).put("finished_at", ended.toString());
        }
    }

    /** A task for each page; the cursor is its number. */
    private JsonNode page(String cursor) {
        int number = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
        var page = JSON.createObjectNode();
        var task = tasks.get(number);
        if (hasResult(task)) {
            fill(page, lines(task));
        }
        if (number + 1 < tasks.size()) {
            page.put("next", String.valueOf(number + 1));
        }
        return page;
    }

    private static void fill(ObjectNode page, List<JsonNode> lines) {
        var head = lines.get(0);
        for (var key : List.of("rules", "gaps", "proposals")) {
            page.set(key, head.path(key));
        }
        var findings = page.putArray("findings");
        lines.stream().skip(1).forEach(findings::add);
    }

    private List<JsonNode> lines(Task task) {
        var bytes = bytes(task).orElseThrow();
        try (var reader = new BufferedReader(
                        new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8));
                var values = JSON.readerFor(JsonNode.class).<JsonNode>readValues(reader)) {
            return values.readAll();
        } catch (IOException e) {
            var message = ResultFile.path(task.id()) + " is no list of JSON";
            throw new Problem(Problem.Kind.INVALID, "invalid_result", message, List.of());
        }
    }

    private Skips skips() {
        var skips = Scope.skips(site.finder.scopes(view.head(), tasks));
        var counts = new TreeMap<String, Long>();
        skips.counts().forEach((reason, count) -> counts.put(reason, count.longValue()));
        return new Skips(
                counts,
                skips.first(ReviewParts.SKIPPED_MAX).stream()
                        .map(each -> new Skipped(each.path(), each.reason().word()))
                        .toList());
    }
}
