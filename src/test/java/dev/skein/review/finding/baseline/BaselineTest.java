package dev.skein.review.finding.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.review.Finding;
import dev.skein.review.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BaselineTest {
    private static final Finding BEFORE = Findings.at(10).marks("fp", "hash:1").finding();

    @Test
    void the_same_line_with_the_same_hash_is_unchanged_whatever_it_says() {
        assertThat(states(Findings.at(10).marks("x", "hash:2").said("other words", null)))
                .containsExactly(State.UNCHANGED);
    }

    @Test
    void a_block_that_moved_is_unchanged() {
        assertThat(states(Findings.at(90).marks("fp", "x:1").said("other words", null)))
                .containsExactly(State.UNCHANGED);
    }

    @Test
    void the_same_words_about_an_equal_line_are_unchanged() {
        assertThat(states(Findings.at(90).marks("x", "hash:1"))).containsExactly(State.UNCHANGED);
    }

    @Test
    void the_same_words_on_the_same_line_are_unchanged() {
        assertThat(states(Findings.at(10).marks("x", "y:1"))).containsExactly(State.UNCHANGED);
    }

    @Test
    void an_equal_line_elsewhere_is_unchanged_at_last() {
        assertThat(states(Findings.at(90).marks("x", "hash:1").said("other words", null)))
                .containsExactly(State.UNCHANGED);
    }

    @Test
    void anything_else_is_new_and_what_was_there_is_fixed() {
        assertThat(states(Findings.at(90).marks("x", "y:1"))).containsExactlyInAnyOrder(State.NEW, State.FIXED);
        assertThat(states(Findings.at(10).marks("fp", "hash:1").rule("r").path("b")))
                .containsExactlyInAnyOrder(State.NEW, State.FIXED);
    }

    @Test
    void one_finding_of_before_answers_for_one_of_now() {
        var now = List.of(
                Findings.at(10).marks("fp", "hash:1").finding(),
                Findings.at(11).marks("x", "hash:2").finding());

        assertThat(compare(List.of(BEFORE), now))
                .extracting(Compared::state)
                .containsExactly(State.UNCHANGED, State.NEW);
    }

    @Test
    void every_finding_is_counted_exactly_once_and_comparing_with_itself_changes_nothing() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var before = random(random);
            var now = random(random);

            var compared = compare(before, now);

            assertThat(count(compared, State.NEW) + count(compared, State.UNCHANGED))
                    .isEqualTo(now.size());
            assertThat(count(compared, State.FIXED) + count(compared, State.UNCHANGED))
                    .isEqualTo(before.size());
            assertThat(count(compare(now, now), State.UNCHANGED)).isEqualTo(now.size());
            assertThat(compared).isSorted();
        }
    }

    private static List<Finding> random(Random random) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            findings.add(Findings.at(1 + random.nextInt(20))
                    .path("p" + random.nextInt(3))
                    .marks("f" + random.nextInt(30), "h" + random.nextInt(6) + ":1")
                    .said("m" + random.nextInt(4), null)
                    .finding());
        }
        findings.sort(null);
        return findings;
    }

    private static long count(List<Compared> compared, State state) {
        return compared.stream().filter(each -> each.state() == state).count();
    }

    private static List<State> states(Findings now) {
        return compare(List.of(BEFORE), List.of(now.finding())).stream()
                .map(Compared::state)
                .toList();
    }

    private static List<Compared> compare(List<Finding> before, List<Finding> now) {
        List<Compared> all = new ArrayList<>();
        Baseline.compare(before.iterator(), now.iterator()).forEachRemaining(all::add);
        return all;
    }
}
