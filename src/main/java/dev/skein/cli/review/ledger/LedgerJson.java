package dev.skein.cli.review.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.review.Severity;
import dev.skein.review.ledger.status.LedgerStatus;
import dev.skein.review.progress.Eta;
import dev.skein.review.progress.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A status for machines. */
final class LedgerJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    private LedgerJson() {}

    private record Task(String id, String directory, String worker, double seconds, int priority, String reason) {}

    private record Worker(String worker, boolean live, int tasks, double linesPerSecond) {}

    private record Done(String at, String worker, String what) {}

    static ObjectNode of(Status status, LedgerStatus seen) {
        var totals = status.totals();
        var node = JSON.createObjectNode()
                .put("ledger", status.root())
                .put("updated", text(status.updated()))
                .put("total", totals.total())
                .put("completed", totals.completed())
                .put("percent", totals.percent())
                .put("in_progress", totals.inProgress())
                .put("pending", totals.pending())
                .put("failed", totals.failed())
                .put("lines", seen.lines())
                .put("reviewed", seen.reviewed());
        var findings = node.putObject("findings");
        for (var severity : Severity.values()) {
            findings.put(severity.word(), seen.findings(severity));
        }
        node.set("eta", eta(status.eta()));
        lists(node, status);
        return node;
    }

    private static void lists(ObjectNode node, Status status) {
        node.set(
                "running",
                array(status.running().stream()
                        .map(task -> new Task(task.id(), task.title(), task.worker(), seconds(task.elapsed()), 0, ""))
                        .toList()));
        node.set(
                "next",
                array(status.next().stream()
                        .map(task -> new Task(task.id(), task.title(), "", 0, task.priority(), ""))
                        .toList()));
        node.set(
                "failed_tasks",
                array(status.failed().stream()
                        .map(task -> new Task(task.id(), task.title(), "", 0, 0, task.reason()))
                        .toList()));
        node.set(
                "workers",
                array(status.workers().stream()
                        .map(each -> new Worker(each.worker(), each.live(), each.tasks(), each.linesPerSecond()))
                        .toList()));
        node.set(
                "recent",
                array(status.recent().stream()
                        .map(each -> new Done(text(each.at()), each.worker(), each.what()))
                        .toList()));
    }

    private static JsonNode array(List<? extends Record> records) {
        return JSON.valueToTree(records);
    }

    private static ObjectNode eta(Eta eta) {
        var node = JSON.createObjectNode()
                .put("text", eta.text())
                .put("workers", eta.workers())
                .put("measured", eta.measured());
        var interval = eta.interval();
        if (interval != null) {
            node.put("likely_millis", interval.likely().toMillis());
            node.put("early_millis", interval.early().toMillis());
            node.put("late_millis", interval.late().toMillis());
        }
        return node;
    }

    private static double seconds(Duration span) {
        return span.toMillis() / 1e3;
    }

    private static String text(Instant at) {
        return at.toString();
    }
}
