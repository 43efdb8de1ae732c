package dev.skein.review.ledger.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import dev.skein.review.ledger.Ledger;
import dev.skein.review.ledger.NewTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HindrancesTest {
    private static final ClaimTerms TERMS = ClaimTerms.DEFAULTS;
    private static final Duration LATE = TERMS.backOffMax().multipliedBy(5); // for idle workers look seldom

    private Instant now = Instant.EPOCH;
    private final Hindrances hindrances = new Hindrances(TERMS, () -> now);
    private final View view = view();

    private static View view() {
        var task = new NewTask("rv-aaa1", "a", 1, 1, 2, 1, 10, "h", List.of(), List.of());
        return new View("head", Ledger.EMPTY.with(List.of(task.issue(id -> false, Instant.EPOCH))), new TreeMap<>());
    }

    private void tryAgain() {
        hindrances.met("rv-aaa1", null, "locked");
        now = now.plus(LATE);
        assertThat(hindrances.isPutOff(view.task("rv-aaa1").orElseThrow().id())).isFalse();
    }

    private void check() {
        hindrances.check(view, "the remote");
    }

    @Test
    void what_is_never_taken_ends_the_wait_however_seldom_it_is_tried() {
        check();
        for (var until = now.plus(TERMS.patience()); now.isBefore(until); ) {
            assertThatCode(this::check).doesNotThrowAnyException();
            tryAgain();
        }

        assertThatThrownBy(this::check).isInstanceOf(Problem.class).hasMessageContaining("locked");
    }

    @Test
    void time_for_which_there_was_something_else_to_do_does_not_count() {
        tryAgain();
        hindrances.passed("rv-other");
        now = now.plus(TERMS.patience().multipliedBy(4));

        tryAgain();
        assertThatCode(this::check).doesNotThrowAnyException();
        now = now.plus(TERMS.patience()).minusMillis(1);
        assertThatCode(this::check).doesNotThrowAnyException();
        now = now.plusMillis(1);
        assertThatThrownBy(this::check).isInstanceOf(Problem.class);
    }

    @Test
    void what_was_met_only_now_has_its_own_time() {
        check();
        now = now.plus(TERMS.patience().multipliedBy(4));

        tryAgain();
        assertThatCode(this::check).doesNotThrowAnyException();
    }
}
