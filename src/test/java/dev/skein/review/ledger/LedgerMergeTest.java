package dev.skein.review.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.review.ledger.Task.Seen;
import dev.skein.review.ledger.Task.Work;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerMergeTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final String FOREIGN = "{\"id\":\"bd-a1b2\",\"title\":\"Fix\",\"status\":\"open\",\"priority\":2,"
            + "\"issue_type\":\"bug\",\"created_at\":\"2026-01-02T03:04:05Z\",\"updated_at\":\"2026-01-02T03:04:05Z\","
            + "\"labels\":[\"a\",\"b\"],\"zz\":{\"b\":1,\"a\":2},\"design\":\"long\"}";

    private static Ledger ledger(Issue... issues) {
        return Ledger.EMPTY.with(List.of(issues));
    }

    private static Ledger read(String... lines) {
        return Ledger.read((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static Issue one(Ledger ledger) {
        assertThat(ledger.issues()).hasSize(1);
        return ledger.issues().values().iterator().next();
    }

    private static Task task() {
        return Task.of(LedgerTest.task("rv-00000001")).orElseThrow();
    }

    private static Issue done(long token) {
        var work = new Work("w" + token, token, 1, NOW, NOW.plusSeconds(token));
        return task().completed(work, new Seen(10, 10, "h", Map.of(), "f"));
    }

    @Test
    void both_sides_changes_of_one_record_are_kept_with_fields_that_nobody_knows() {
        var base = read(FOREIGN);
        var ours = read(FOREIGN.replace("\"priority\":2", "\"priority\":0").replace("[\"a\",\"b\"]", "[\"b\",\"c\"]"));
        var theirs = read(FOREIGN.replace("\"b\":1", "\"b\":9").replace("\"design\"", "\"assignee\":\"x\",\"design\""));

        var merged = one(LedgerMerge.merge(base, ours, theirs));

        assertThat(merged.priority()).isZero();
        assertThat(merged.fields().path("labels").toString()).isEqualTo("[\"b\",\"c\"]");
        assertThat(merged.fields().path("zz").toString()).isEqualTo("{\"b\":9,\"a\":2}");
        assertThat(merged.text("assignee")).isEqualTo("x");
        assertThat(merged.text("design")).isEqualTo("long");
    }

    @Test
    void of_two_titles_the_later_counts_whoever_has_the_later_claim() {
        var base = task().issue();
        var ours = done(7).edit().set("title", "Older").done(NOW.plusSeconds(60));
        var theirs = base.edit().set("title", "Newer").done(NOW.plusSeconds(120));

        var merged = one(LedgerMerge.merge(ledger(base), ledger(ours), ledger(theirs)));

        assertThat(merged.text("title")).isEqualTo("Newer");
        assertThat(merged.isClosed()).isTrue();
        assertThat(one(LedgerMerge.merge(ledger(base), ledger(theirs), ledger(ours))))
                .isEqualTo(merged);
    }

    @Test
    void what_should_be_a_list_and_is_none_is_kept_and_named() {
        var base = read(FOREIGN);
        var ours = read(FOREIGN.replace("[\"a\",\"b\"]", "\"urgent\""));
        var theirs = read(FOREIGN.replace("[\"a\",\"b\"]", "[\"b\",\"c\"]"));

        assertThat(one(LedgerMerge.merge(base, ours, theirs))
                        .fields()
                        .path("labels")
                        .toString())
                .isEqualTo("[\"c\",\"urgent\"]");
        var alone = LedgerMerge.merge(base, ours, read(FOREIGN.replace("\"Fix\"", "\"Fix all\"")));
        assertThat(one(alone).fields().path("labels").asText()).isEqualTo("urgent");
        assertThat(alone.faults()).extracting(fault -> fault.what()).anyMatch(what -> what.startsWith("labels"));
        var talk = read(FOREIGN.replace("\"labels\"", "\"comments\":\"hm\",\"labels\""));
        var more = read(FOREIGN.replace("\"labels\"", "\"comments\":{\"text\":\"so\"},\"labels\""));
        assertThat(one(LedgerMerge.merge(base, talk, more)).fields().path("comments"))
                .hasSize(2);
    }

    @Test
    void what_is_done_under_the_last_claim_stays_done() {
        var base = ledger(task().issue());
        var failedLater = ledger(task().missed(new Work("b", 2, 2, NOW, NOW.plusSeconds(60)), "no", 3));

        assertThat(one(LedgerMerge.merge(base, ledger(done(3)), failedLater)).isClosed())
                .isTrue();
        assertThat(one(LedgerMerge.merge(base, failedLater, ledger(done(1)))).isClosed())
                .isFalse();
    }

    @Test
    void who_has_it_of_two_says_no_merge() {
        var base = read(FOREIGN);
        var ours = read(FOREIGN.replace("\"open\"", "\"in_progress\",\"assignee\":\"ann\""));
        var theirs = read(FOREIGN.replace("\"open\"", "\"in_progress\",\"assignee\":\"bob\""));

        var merged = one(LedgerMerge.merge(base, ours, theirs));

        assertThat(merged.status()).isEqualTo("open");
        assertThat(merged.text("assignee")).isEmpty();
    }

    @Test
    void comments_of_both_are_there_once_with_numbers_of_their_own() {
        var base = task().issue();
        var ours = ledger(base.edit().comment("ann", "one", NOW).done(NOW));
        var theirs = ledger(base.edit().comment("bob", "two", NOW).done(NOW));

        var merged = one(LedgerMerge.merge(ledger(base), ours, theirs));
        var again = one(LedgerMerge.merge(ledger(base), ledger(merged), theirs));

        assertThat(merged.fields().path("comments").findValuesAsText("text")).containsExactly("one", "two");
        assertThat(merged.fields().path("comments").findValuesAsText("id")).containsExactly("1", "2");
        assertThat(again.fields().path("comments")).isEqualTo(merged.fields().path("comments"));
    }

    @Test
    void a_record_that_one_took_away_and_the_other_changed_stays() {
        var base = read(FOREIGN);
        var changed = read(FOREIGN.replace("\"Fix\"", "\"Fix all\""));

        assertThat(LedgerMerge.merge(base, Ledger.EMPTY, changed).issues()).hasSize(1);
        assertThat(LedgerMerge.merge(base, Ledger.EMPTY, base).issues()).isEmpty();
    }

    @Test
    void lines_that_cannot_be_read_survive_on_either_side() {
        var merged = LedgerMerge.merge(Ledger.EMPTY, read(FOREIGN, "{half"), read("{\"_type\":\"memory\"}", "[other"));

        assertThat(new String(merged.bytes(), StandardCharsets.UTF_8))
                .isEqualTo(FOREIGN + "\n{half\n{\"_type\":\"memory\"}\n[other\n");
        assertThat(merged.faults()).hasSize(2);
    }

    /** Any two histories of one ledger, each of steps that a worker or a person may take. */
    @Test
    void any_merge_passes_a_strict_reader_and_is_the_same_from_either_side() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var base = history(random, read(FOREIGN).with(List.of(task().issue())), 3);
            var ours = history(random, base, 5);
            var theirs = history(random, base, 5);

            var merged = LedgerMerge.merge(base, ours, theirs);

            assertThat(StrictLedger.faults(merged.bytes(), false))
                    .as("seed %d", seed)
                    .isEmpty();
            assertThat(LedgerMerge.merge(base, theirs, ours).issues())
                    .as("seed %d", seed)
                    .isEqualTo(merged.issues());
            assertThat(LedgerMerge.merge(base, ours, base).issues())
                    .as("seed %d", seed)
                    .isEqualTo(ours.issues());
            assertThat(merged.issues().get("bd-a1b2").fields().path("zz").size())
                    .isEqualTo(2);
            assertThat(Ledger.read(merged.bytes()).issues()).as("seed %d", seed).isEqualTo(merged.issues());
        }
    }

    private static Ledger history(Random random, Ledger from, int steps) {
        var ledger = from;
        for (int i = 0; i < steps; i++) {
            var all = new ArrayList<>(ledger.issues().values());
            var issue = all.get(random.nextInt(all.size()));
            ledger = ledger.with(List.of(step(random, issue)));
        }
        return ledger;
    }

    private static Issue step(Random random, Issue issue) {
        var at = NOW.plusMillis(random.nextInt(100_000));
        var task = Task.of(issue);
        if (task.isPresent() && random.nextBoolean()) {
            var work = new Work("w" + random.nextInt(3), 1 + random.nextInt(4), 1 + random.nextInt(3), NOW, at);
            return task.get().state() == TaskState.PENDING
                    ? random.nextBoolean()
                            ? task.get().missed(work, "why " + random.nextInt(9), 3)
                            : task.get().completed(work, new Seen(10, 10, "h", Map.of("low", 1L), "f"))
                    : task.get().reopened(at);
        }
        return switch (random.nextInt(4)) {
            case 0 -> issue.edit().priority(random.nextInt(5)).done(at);
            case 1 ->
                issue.edit()
                        .label("l" + random.nextInt(4), random.nextBoolean())
                        .done(at);
            case 2 ->
                issue.edit()
                        .comment("c" + random.nextInt(2), "t" + random.nextInt(3), at)
                        .done(at);
            default -> issue.edit().set("title", "t" + random.nextInt(5)).done(at);
        };
    }
}
