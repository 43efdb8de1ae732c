package dev.skein.review.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.review.progress.Eta.Interval;
import dev.skein.review.progress.Status.Activity;
import dev.skein.review.progress.Status.Failed;
import dev.skein.review.progress.Status.Pending;
import dev.skein.review.progress.Status.Running;
import dev.skein.review.progress.Status.Totals;
import dev.skein.review.progress.Status.WorkerRate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatusTextTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void the_whole_view_reads_like_this() {
        var eta = Eta.of(new Interval(Duration.ofMinutes(70), Duration.ofMinutes(50), Duration.ofMinutes(95)), 6, 41);
        var status = new Status(
                "r1",
                "/src",
                NOW,
                new Totals(120, 41, 12, 66, 1),
                eta,
                running(12),
                List.of(new Pending("t9", "Review directory: a\u001B[2Jb", 2)),
                List.of(new Failed("t3", "Review directory: c", "model\ndown " + "x".repeat(80))),
                List.of(new WorkerRate("w1", true, 9, 12.34), new WorkerRate("w2", false, 0, 0)),
                List.of(new Activity(NOW, "w1", "completed t2")));

        assertThat(StatusText.of(status, ZoneOffset.UTC).lines())
                .startsWith("Review r1", "Source root: /src", "Updated: 2026-03-01 10:00:00", "", "Total:       120")
                .contains(
                        "Completed:   41 (34%)",
                        "[=================---------------------------------] 34%",
                        "ETA: ~1h 10m (50m\u20131h 35m), 6 workers, 41 tasks measured",
                        "  [t1] Review directory: d1 (w1, 1s)",
                        "  ... and 2 more",
                        "  [t9] (P2) Review directory: a [2Jb",
                        "  [t3] Review directory: c: model down " + "x".repeat(49),
                        "  w1: 9 tasks, 12.3 lines/s",
                        "  w2: 0 tasks, not measured, gone",
                        "  2026-03-01 10:00:00 w1: completed t2")
                .doesNotContain("  [t11] Review directory: d11 (w1, 11s)");
    }

    @Test
    void without_tasks_it_says_how_to_begin() {
        var none = new Totals(0, 0, 0, 0, 0);
        var status = new Status(
                "r1",
                ".",
                NOW,
                none,
                Eta.unknown("unknown", 0, 0),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());

        assertThat(StatusText.of(status, ZoneOffset.UTC)).contains("No tasks found", "skein review start .");
    }

    @Test
    void the_bar_is_empty_at_first_and_full_at_last() {
        assertThat(StatusText.bar(0)).isEqualTo("[" + "-".repeat(50) + "] 0%");
        assertThat(StatusText.bar(100)).isEqualTo("[" + "=".repeat(50) + "] 100%");
        assertThat(new Totals(3, 2, 0, 1, 0).percent()).isEqualTo(66);
    }

    @Test
    void durations_have_at_most_two_units() {
        assertThat(Eta.text(Duration.ofMillis(1))).isEqualTo("1s");
        assertThat(Eta.text(Duration.ofSeconds(61))).isEqualTo("1m 1s");
        assertThat(Eta.text(Duration.ofSeconds(601))).isEqualTo("11m");
        assertThat(Eta.text(Duration.ofMinutes(120))).isEqualTo("2h");
        assertThat(Eta.text(Duration.ofMinutes(1_500))).isEqualTo("25h");
    }

    private static List<Running> running(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Running("t" + i, "Review directory: d" + i, "w1", Duration.ofSeconds(i)))
                .toList();
    }
}
