package dev.skein.router.journal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.event.Event;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final long BYTES_MAX = 1 << 20;

    @TempDir
    Path directory;

    @Test
    void what_was_kept_and_not_delivered_is_there_again() throws Exception {
        for (long seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var expected = new TreeSet<Long>();
            for (int life = 0; life < 4; life++) {
                live(random, expected);
            }
            try (var journal = Journal.open(directory, BYTES_MAX)) {
                expected.forEach(journal::delivered);
            }
        }
    }

    /** Finds what the life before left, keeps more, delivers some of it. */
    private void live(Random random, TreeSet<Long> expected) throws Exception {
        try (var journal = Journal.open(directory, BYTES_MAX)) {
            assertThat(journal.left()).extracting(Journal.Entry::number).containsExactlyElementsOf(expected);
            expected.addAll(append(journal, random.nextInt(300)));
            var delivered =
                    expected.stream().filter(number -> random.nextInt(3) > 0).toList();
            delivered.forEach(journal::delivered);
            delivered.forEach(expected::remove);
        }
    }

    @Test
    void an_entry_comes_back_whole() throws Exception {
        var event = Event.builder("É").timeNanos(7).with("n", 1L).build();
        try (var journal = Journal.open(directory, BYTES_MAX)) {
            journal.append("group", event).await(5, SECONDS);
        }

        try (var journal = Journal.open(directory, BYTES_MAX)) {
            assertThat(journal.left()).containsExactly(new Journal.Entry(0, "group", event));
        }
    }

    @Test
    void a_torn_end_costs_only_what_was_never_acknowledged() throws Exception {
        try (var journal = Journal.open(directory, BYTES_MAX)) {
            append(journal, 10);
        }
        Files.write(file(), new byte[] {0, 0, 1, 0, 5, 5}, StandardOpenOption.APPEND);

        try (var journal = Journal.open(directory, BYTES_MAX)) {
            assertThat(journal.left()).hasSize(10);
        }
    }

    @Test
    void a_full_journal_refuses_and_takes_more_once_events_are_delivered() throws Exception {
        try (var journal = Journal.open(directory, 1 << 16)) {
            var kept = new ArrayList<Long>();
            assertThatThrownBy(() -> {
                        while (kept.size() < 100_000) {
                            kept.addAll(append(journal, 1));
                        }
                    })
                    .extracting(cause -> Problem.in(cause).code())
                    .isEqualTo("pipeline_unavailable");

            kept.forEach(journal::delivered);
            Future<Long> taken = Future.failedFuture("not tried");
            for (int i = 0; i < 10_000 && !taken.succeeded(); i++) {
                taken = journal.append("g", event());
                taken.otherwiseEmpty().await(5, SECONDS);
            }
            assertThat(taken.succeeded()).isTrue();
        }
    }

    private static ArrayList<Long> append(Journal journal, int count) throws Exception {
        var pending = new ArrayList<Future<Long>>();
        for (int i = 0; i < count; i++) {
            pending.add(journal.append("g", event()));
        }
        var numbers = new ArrayList<Long>();
        for (var each : pending) {
            numbers.add(each.await(5, SECONDS));
        }
        return numbers;
    }

    private static Event event() {
        return Event.builder("E").with("text", "x".repeat(100)).build();
    }

    private Path file() throws IOException {
        try (var files = Files.list(directory)) {
            return files.findFirst().orElseThrow();
        }
    }
}
