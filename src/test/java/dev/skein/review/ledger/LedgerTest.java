package dev.skein.review.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import dev.skein.review.ledger.Task.Seen;
import dev.skein.review.ledger.Task.Work;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String FOREIGN = "{\"id\":\"bd-a1b2\",\"title\":\"Fix it\",\"status\":\"open\",\"priority\":0,"
            + "\"issue_type\":\"bug\",\"created_at\":\"2026-01-02T03:04:05.123456789+02:00\","
            + "\"updated_at\":\"2026-01-02T03:04:05Z\",\"zz\":{\"b\":1.50,\"a\":1e3},\"design\":\"as it is\"}";

    private static byte[] lines(String... lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String written(Ledger ledger) {
        return new String(ledger.bytes(), StandardCharsets.UTF_8);
    }

    static Issue task(String id) {
        return Issue.create(id, Task.TITLE + "src", NOW)
                .metadata("path", "src")
                .metadata("lines", 10)
                .unstamped();
    }

    @Test
    void what_nobody_changed_is_written_as_it_was_read() {
        var memory = "{\"_type\":\"memory\",\"text\":\"remember\"}";

        var ledger = Ledger.read(lines(FOREIGN, memory));

        assertThat(ledger.faults()).isEmpty();
        assertThat(written(ledger)).isEqualTo(FOREIGN + "\n" + memory + "\n");
    }

    @Test
    void a_change_keeps_fields_that_nobody_knows_and_their_order() {
        var ledger = Ledger.read(lines(FOREIGN));

        var changed = ledger.issues().get("bd-a1b2").edit().priority(3).done(NOW);

        assertThat(written(ledger.with(List.of(changed))))
                .isEqualTo(FOREIGN.replace("\"priority\":0", "\"priority\":3")
                                .replace("\"updated_at\":\"2026-01-02T03:04:05Z\"", "\"updated_at\":\"" + NOW + "\"")
                                .replace("1e3", "1E+3")
                        + "\n");
    }

    @Test
    void lines_that_cannot_be_read_are_named_and_kept() {
        var broken = "{\"id\":\"bd-a1b";

        var ledger = Ledger.read(lines("[]", FOREIGN, broken, "{\"title\":\"no id\"}"));

        assertThat(ledger.faults()).extracting(Ledger.Fault::line).containsExactly(1, 3, 4);
        assertThat(ledger.faults().get(1).sentence()).startsWith(".beads/issues.jsonl line 3: is no JSON");
        assertThat(written(ledger)).isEqualTo(FOREIGN + "\n[]\n" + broken + "\n{\"title\":\"no id\"}\n");
        assertThat(Ledger.read(new byte[] {'{', (byte) 0xff, '}', '\n'}).bytes())
                .containsExactly('{', 0xff, '}', '\n');
    }

    @Test
    void words_that_are_no_status_are_taken_and_never_written() {
        var ledger = Ledger.read(lines(
                FOREIGN.replace("\"open\"", "\"pending\""),
                FOREIGN.replace("\"open\"", "\"completed\"").replace("bd-a1b2", "bd-a1b3"),
                FOREIGN.replace("\"open\"", "\"failed\"").replace("bd-a1b2", "bd-a1b4"),
                FOREIGN.replace("\"priority\":0,", "").replace("bd-a1b2", "bd-a1b5")));

        assertThat(written(ledger))
                .doesNotContain("pending", "completed", "failed")
                .contains("closed_at");
        assertThat(StrictLedger.faults(ledger.bytes(), false)).isEmpty();
    }

    @Test
    void a_ledger_with_all_steps_of_tasks_passes_a_strict_reader() {
        var task = Task.of(task("rv-00000001")).orElseThrow();
        var work = new Work("ann", 1, 1, NOW, NOW.plusSeconds(3));
        var done = task.completed(work, new Seen(10, 10, "h", Map.of("high", 2L), ".beads/skein/rv-00000001.jsonl"));
        var missed = Task.of(task("rv-00000002")).orElseThrow().missed(work, "no\nanswer \u0000", 3);
        var again = Task.of(missed)
                .orElseThrow()
                .missed(new Work("bob", 2, 3, NOW, NOW.plusSeconds(9)), "x".repeat(5_000), 3);
        var gone = Task.of(task("rv-00000003")).orElseThrow().vanished(work);
        var anew = Task.of(done).orElseThrow().reopened(NOW.plusSeconds(60));

        for (var all : List.of(List.of(done, missed, gone), List.of(anew, again))) {
            var bytes = Ledger.EMPTY.with(all).bytes();
            assertThat(StrictLedger.faults(bytes, true)).isEmpty();
            assertThat(Ledger.read(bytes).faults()).isEmpty();
        }
        assertThat(Task.of(done).orElseThrow().state()).isEqualTo(TaskState.DONE);
        assertThat(Task.of(missed).orElseThrow().state()).isEqualTo(TaskState.PENDING);
        assertThat(Task.of(again).orElseThrow().state()).isEqualTo(TaskState.FAILED);
        assertThat(again.lastComment()).startsWith("Worker bob: attempt 3 of 3 failed after 9 s: xxx");
        assertThat(Task.of(gone).orElseThrow().state()).isEqualTo(TaskState.DROPPED);
        assertThat(gone.metadata("token").asLong()).isEqualTo(1);
        assertThat(gone.metadata("attempts").asInt()).isEqualTo(1);
        assertThat(anew.metadata("token").asLong()).isEqualTo(1);
    }

    @Test
    void what_breaks_the_rules_is_refused() {
        var edit = task("rv-00000001").edit().set("title", "\u00e4".repeat(251));

        assertThatThrownBy(() -> edit.done(NOW))
                .isInstanceOf(Problem.class)
                .hasMessage("rv-00000001 would break the rules of the ledger: title must have at most 500 bytes");
    }

    /** Somebody else's record is as it is; who works at it must not make it worse. */
    @Test
    void faults_that_were_there_before_stop_no_change() {
        var faulty = Ledger.read(lines(FOREIGN.replace("\"zz\"", "\"owner\":\"\",\"zz\"")))
                .issues()
                .get("bd-a1b2");

        assertThat(faulty.edit().priority(3).done(NOW).priority()).isEqualTo(3);
        var worse = faulty.edit().priority(5);
        assertThatThrownBy(() -> worse.done(NOW))
                .isInstanceOf(Problem.class)
                .hasMessage("bd-a1b2 would break the rules of the ledger: priority must be there and be 0 to 4");
    }

    @Test
    void no_state_takes_a_step_that_is_not_its_own() {
        for (var step : TaskState.Step.values()) {
            for (var state : TaskState.values()) {
                if (!step.isAcceptedIn(state)) {
                    assertThatThrownBy(() -> step.check(state)).hasMessageContaining(state.word());
                }
            }
        }
        var done = Task.of(task("rv-00000001").edit().status("closed", NOW).done(NOW))
                .orElseThrow();
        assertThatThrownBy(() -> done.missed(new Work("a", 1, 1, NOW, NOW), "late", 3))
                .hasMessage("a task that is done cannot miss");
    }

    @Test
    void half_a_character_survives() {
        var half = FOREIGN.replace("as it is", "\\ud800 and \\uD83D\\uDE00");

        var ledger = Ledger.read(lines(half));
        var changed = ledger.with(List.of(ledger.issues().get("bd-a1b2").edit().done(NOW)));

        assertThat(Ledger.read(changed.bytes()).issues().get("bd-a1b2").text("design"))
                .isEqualTo("\ud800 and \ud83d\ude00");
    }

    @Test
    void one_id_twice_becomes_one_record() {
        var later = FOREIGN.replace("\"updated_at\":\"2026-01", "\"updated_at\":\"2026-02")
                .replace("Fix it", "Fixed");

        var ledger = Ledger.read(lines(FOREIGN, later));

        assertThat(ledger.issues().get("bd-a1b2").text("title")).isEqualTo("Fixed");
        assertThat(ledger.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.what()).contains("twice"));
    }

    @Test
    void a_file_is_replaced_as_a_whole_and_nothing_is_left_beside_it(@TempDir Path directory) throws Exception {
        var file = directory.resolve(Ledger.PATH);

        LedgerFile.write(file, Ledger.read(lines(FOREIGN)));
        LedgerFile.write(file, LedgerFile.read(file).with(List.of(task("rv-00000001"))));

        assertThat(LedgerFile.read(file).issues()).containsOnlyKeys("bd-a1b2", "rv-00000001");
        try (var all = Files.list(file.getParent())) {
            assertThat(all).containsExactly(file);
        }
    }
}
