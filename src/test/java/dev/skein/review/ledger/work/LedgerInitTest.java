package dev.skein.review.ledger.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.git.Upstream;
import dev.skein.review.ledger.Bootstrap.Wish;
import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.TaskState;
import dev.skein.review.scope.Wanted;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerInitTest {
    @TempDir
    private Path directory;

    private Upstream upstream;
    private TestSite one;

    @BeforeEach
    void open() throws Exception {
        upstream = new Upstream(directory.resolve("up"));
        one = new TestSite(directory.resolve("one"), upstream.url(), Duration.ofMinutes(5));
    }

    @AfterEach
    void close() {
        one.close();
        upstream.close();
    }

    @Test
    void a_narrower_init_closes_no_task() throws Exception {
        TestSite.fill(upstream, 2);
        one.init();
        var init = new LedgerInit(one.board, one.finder);

        var narrow = init.make(Wanted.DEFAULTS, new Wish(true, false, List.of("src/d000/"), List.of()));
        var flat = init.make(Wanted.DEFAULTS.to(1), Wish.NOTHING_MORE);

        assertThat(narrow.scope().units()).hasSize(1);
        assertThat(narrow.made().isChange()).isFalse();
        assertThat(flat.scope().units()).hasSize(1);
        assertThat(flat.made().isChange()).isFalse();
        assertThat(one.board.look().tasks()).hasSize(3).extracting(Task::state).containsOnly(TaskState.PENDING);
        upstream.pull();
        upstream.delete("src/d001/A1.java");
        assertThat(one.init().made().vanished()).isEqualTo(1);
    }

    @Test
    void a_narrower_init_opens_no_task_of_other_patterns_again() throws Exception {
        upstream.commit("src/A.java", "class A {}\n");
        upstream.commit("src/B.java", "class B {}\n");
        one.init();
        one.worker("one", 0, TestSite::nothing).run();

        var narrow = new LedgerInit(one.board, one.finder)
                .make(Wanted.DEFAULTS, new Wish(true, false, List.of("A.java"), List.of()));

        assertThat(narrow.scope().units()).hasSize(1);
        assertThat(narrow.made().isChange()).isFalse();
        upstream.pull();
        upstream.commit("src/B.java", "class B { }\n");
        var again = new LedgerInit(one.board, one.finder)
                .make(Wanted.DEFAULTS, new Wish(true, false, List.of(), List.of()));
        assertThat(again.made().reopened()).isEqualTo(1);
    }
}
