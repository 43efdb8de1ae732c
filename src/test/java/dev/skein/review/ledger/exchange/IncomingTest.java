package dev.skein.review.ledger.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.review.ledger.Bootstrap;
import dev.skein.review.ledger.Bootstrap.Wish;
import dev.skein.review.ledger.Ledger;
import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.work.TaskUnits;
import dev.skein.review.scope.Scope;
import dev.skein.review.scope.Wanted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncomingTest {
    private static final Instant BEGAN = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    private Path root;

    private Task task;

    @BeforeEach
    void open() throws Exception {
        Files.writeString(root.resolve("a.txt"), "one\n");
        task =
                Bootstrap.of(Ledger.EMPTY, Scope.of(root, Wanted.DEFAULTS), Wish.NOTHING_MORE, BEGAN)
                        .ledger()
                        .issues()
                        .values()
                        .stream()
                        .flatMap(issue -> Task.of(issue).stream())
                        .findFirst()
                        .orElseThrow();
    }

    private String reason(String status, String key, String text) {
        var issue = task.issue().edit().status(status, BEGAN).set(key, text).done(BEGAN);
        var tasks = List.of(Task.of(issue).orElseThrow());
        return Incoming.of(tasks, new TaskUnits(root), (done, unit) -> true)
                .ended()
                .values()
                .iterator()
                .next();
    }

    @Test
    void why_something_gets_no_job_is_one_line_of_bounded_length() {
        var text = "a\0b\nc" + "x".repeat(2_000);

        assertThat(reason("blocked", "close_reason", text)).startsWith("a b cx").hasSize(1_000);
        assertThat(reason("in_progress", "assignee", text))
                .startsWith("somebody has it without a claim: in_progress a b cx")
                .hasSize(1_000);
        assertThat(reason("in_progress", "assignee", "")).endsWith("in_progress");
    }
}
