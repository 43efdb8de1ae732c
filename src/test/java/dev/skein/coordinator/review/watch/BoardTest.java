package dev.skein.coordinator.review.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.review.run.Reviews.Origin;
import dev.skein.review.run.Reviews.View;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BoardTest {
    private final List<Set<String>> known = new ArrayList<>();
    private Promise<List<View>> answer = Promise.promise();
    private final Board board = new Board(counted -> {
        known.add(counted.keySet());
        return answer.future();
    });

    private static View ended(long suppressed) {
        return new View(
                "r-1",
                "app",
                "/srv",
                "n",
                Origin.NONE,
                "pmd",
                "",
                "done",
                Map.of("done", 1),
                1,
                10,
                10,
                Map.of("high", 1L),
                suppressed,
                Map.of(),
                List.of(),
                List.of(),
                1,
                2L);
    }

    private Future<?> look(View run) {
        var looked = board.look();
        answer.complete(List.of(run));
        answer = Promise.promise();
        return looked;
    }

    @Test
    void a_run_that_has_ended_is_counted_once() {
        look(ended(0));
        look(ended(0));

        assertThat(known).containsExactly(Set.of(), Set.of("r-1"));
    }

    @Test
    void what_is_dismissed_while_runs_are_counted_is_counted_again() {
        var looking = board.look();
        board.changed();
        answer.complete(List.of(ended(0)));
        answer = Promise.promise();
        assertThat(looking.succeeded()).isTrue();

        look(ended(1));

        assertThat(known).containsExactly(Set.of(), Set.of());
        assertThat(board.shown().get("r-1").suppressed()).isEqualTo(1);
    }

    @Test
    void what_nobody_watches_is_looked_at_only_once_a_run_has_ended() {
        for (int second = 0; second < 100; second++) {
            look(ended(0));
        }
        assertThat(known).hasSizeLessThan(20);
        int looks = known.size();

        board.ended(0);
        look(ended(0));
        assertThat(known).hasSize(looks);
        board.ended(1);
        look(ended(0));
        assertThat(known).hasSize(looks + 1);
    }

    @Test
    void whoever_begins_to_watch_sees_what_is_so_now() {
        for (int second = 0; second < 100; second++) {
            look(ended(0));
        }
        board.changed("r-1");

        var seen = board.watched();
        var seenByAnother = board.watched();

        assertThat(seen.isComplete()).isFalse();
        assertThat(seenByAnother.isComplete()).isFalse();
        answer.complete(List.of(ended(3)));
        assertThat(seen.succeeded()).isTrue();
        assertThat(board.shown().get("r-1").suppressed()).isEqualTo(3);
    }
}
