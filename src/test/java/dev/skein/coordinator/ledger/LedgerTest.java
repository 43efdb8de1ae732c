package dev.skein.coordinator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.coordinator.state.ClusterState;
import dev.skein.kernel.Problem;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final ArrayDeque<Promise<Void>> writes = new ArrayDeque<>();
    private final List<String> heard = new ArrayList<>();
    private final Ledger ledger = new Ledger(
            (before, after, audits) -> {
                Promise<Void> promise = Promise.promise();
                writes.add(promise);
                return promise.future();
            },
            ClusterState.EMPTY);

    @Test
    void nothing_is_shown_before_it_is_committed() {
        var chosen = ledger.step(state -> Stepped.to(state.withLastChosen("a"), "a"));
        assertThat(ledger.committed().lastChosen()).isEmpty();
        assertThat(ledger.working().lastChosen()).isEqualTo("a");
        assertThat(chosen.isComplete()).isFalse();

        Objects.requireNonNull(writes.poll()).complete();
        assertThat(ledger.committed().lastChosen()).isEqualTo("a");
        assertThat(chosen.result()).isEqualTo("a");
    }

    @Test
    void steps_that_come_during_a_commit_share_the_next_one() {
        ledger.listen((before, after) -> heard.add(before.lastChosen() + ">" + after.lastChosen()));
        choose("a");
        choose("b");
        choose("c");
        assertThat(writes).hasSize(1);

        Objects.requireNonNull(writes.poll()).complete();
        assertThat(writes).hasSize(1);
        Objects.requireNonNull(writes.poll()).complete();
        assertThat(heard).containsExactly(">a", "a>c");
    }

    @Test
    void a_failed_commit_fails_all_that_was_computed_on_top_of_it_and_nothing_more() {
        choose("a");
        var onTop = ledger.step(state -> Stepped.to(state.withLastChosen("b")));
        Objects.requireNonNull(writes.poll()).fail(Problem.busy("full"));

        assertThat(onTop.cause()).hasMessage("full");
        assertThat(ledger.working()).isSameAs(ledger.committed());
        choose("c");
        Objects.requireNonNull(writes.poll()).complete();
        assertThat(ledger.committed().lastChosen()).isEqualTo("c");
    }

    @Test
    void a_step_that_changes_nothing_waits_for_what_it_was_computed_on_and_writes_nothing() {
        choose("a");
        var same = ledger.step(state -> Stepped.to(state, state.lastChosen()));
        assertThat(same.isComplete()).isFalse();

        Objects.requireNonNull(writes.poll()).complete();
        assertThat(same.result()).isEqualTo("a");
        assertThat(writes).isEmpty();
    }

    @Test
    void a_refused_step_changes_nothing() {
        var refused = ledger.step((ClusterState state) -> refuse());

        assertThat(refused.cause()).hasMessage("no");
        assertThat(writes).isEmpty();
        assertThat(ledger.working()).isSameAs(ledger.committed());
    }

    private static Stepped<String> refuse() {
        throw Problem.conflict("no");
    }

    private void choose(String worker) {
        ledger.step(state -> Stepped.to(state.withLastChosen(worker)));
    }
}
