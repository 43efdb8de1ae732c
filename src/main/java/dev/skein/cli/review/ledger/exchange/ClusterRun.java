package dev.skein.cli.review.ledger.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.review.ReviewApi;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.Problem;
import dev.skein.review.Finding;
import dev.skein.review.Gap;
import dev.skein.review.Rule;
import dev.skein.review.finding.Tally;
import dev.skein.review.finding.lines.FindingReader;
import dev.skein.review.ledger.exchange.Outgoing;
import dev.skein.review.ledger.exchange.Outgoing.Found;
import dev.skein.review.ledger.exchange.Outgoing.Told;
import dev.skein.review.ledger.result.Result;
import dev.skein.review.ledger.result.ResultFile;
import dev.skein.review.run.Reviews.Task;
import dev.skein.review.run.Reviews.TaskState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A run of the cluster; what its tasks found is brought when it is asked for. */
record ClusterRun(Outgoing.Run run, List<Told> tasks) {
    static ClusterRun of(ReviewApi reviews, JsonNode run) {
        var id = ReviewApi.id(run);
        var told = new ArrayList<Told>();
        for (var each : reviews.tasks(id)) {
            var task = task(each);
            told.add(new Told(task, new Once(() -> found(reviews, run, task))));
        }
        var created = Instant.parse(run.path("created_at").asText());
        return new ClusterRun(
                new Outgoing.Run(id, texts(run.path("include")), texts(run.path("exclude")), created), told);
    }

    /** Asks the cluster for the first time only, since a push that was refused makes the ledger's change anew. */
    private static final class Once implements Supplier<Found> {
        private final Supplier<Found> asked;
        private @Nullable Found found;

        Once(Supplier<Found> asked) {
            this.asked = asked;
        }

        @Override
        public Found get() {
            if (found == null) {
                found = asked.get();
            }
            return found;
        }
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static Task task(JsonNode task) {
        return new Task(
                task.path("id").asText(),
                task.path("directory").asText(),
                task.path("part").asInt(1),
                task.path("parts").asInt(1),
                task.path("priority").asInt(),
                task.path("files").asInt(),
                task.path("lines").asLong(),
                TaskState.valueOf(task.path("state").asText().toUpperCase(Locale.ROOT)),
                task.path("job").asText(""),
                task.path("attempt").asInt(),
                text(task.path("worker")),
                millis(task.path("started_at")),
                millis(task.path("finished_at")),
                task.path("findings").asLong(),
                text(task.path("reason")));
    }

    private static @Nullable String text(JsonNode value) {
        return value.isTextual() ? value.asText() : null;
    }

    private static @Nullable Long millis(JsonNode time) {
        return time.isTextual() ? Long.valueOf(Instant.parse(time.asText()).toEpochMilli()) : null;
    }

    private static Found found(ReviewApi reviews, JsonNode run, Task task) {
        try {
            return found(new Pages(reviews, ReviewApi.id(run), task.id()), run, task);
        } catch (IOException | Problem unreadable) {
            throw Failure.of(ExitCode.FAILED, "what task " + task.id() + " found cannot be read")
                    .because(String.valueOf(unreadable.getMessage()));
        }
    }

    private record Pages(ReviewApi reviews, String run, String task) {
        JsonNode at(String cursor) {
            return reviews.result(run, task, cursor);
        }
    }

    private static Found found(Pages pages, JsonNode run, Task task) throws IOException {
        var findings = new ArrayList<Finding>();
        var rules = new ArrayList<Rule>();
        var gaps = new ArrayList<Gap>();
        var tally = Tally.NONE;
        var page = pages.at("");
        while (true) {
            rules.addAll(ResultFile.rules(page.path("rules")));
            gaps.addAll(ResultFile.gaps(page.path("gaps")));
            tally = tally.plus(ResultFile.tally(page.path("proposals")));
            read(page.path("findings"), findings);
            var next = page.path("next").asText("");
            if (next.isEmpty()) {
                break;
            }
            page = pages.at(next);
        }
        var by = new Result.By(
                task.worker() == null ? "" : task.worker(),
                0,
                task.attempt(),
                run.path("engine").asText(),
                page.path("model").asText(""),
                page.path("fingerprint").asText(""));
        var result = new Result(by, task.lines(), page.path("reviewed").asLong(), tally, rules, gaps, findings);
        return new Found(page.path("hash").asText(), result);
    }

    private static void read(JsonNode page, List<Finding> findings) throws IOException {
        var lines = new StringBuilder();
        page.forEach(line -> lines.append(line).append('\n'));
        var bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        try (var reader = new FindingReader(new ByteArrayInputStream(bytes))) {
            reader.forEachRemaining(each -> findings.add(each.finding()));
        }
    }
}
