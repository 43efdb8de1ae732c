package dev.skein.worker.index.leisure;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.coordinator.TestClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeisureTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final TestClock clock = new TestClock();
    private final Leisure leisure = new Leisure(vertx, clock);
    private final List<String> done = new ArrayList<>(); // used on the event loop, as is leisure
    private final Promise<Void> arriving = Promise.promise();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, SECONDS);
    }

    private List<String> onLoop(Runnable work) throws Exception {
        var ran = Promise.<List<String>>promise();
        loop.runOnContext(go -> {
            work.run();
            ran.complete(List.copyOf(done));
        });
        return ran.future().await(20, SECONDS);
    }

    /** Completes when it was its turn. */
    private Future<?> later(String what) {
        var turn = Promise.<Void>promise();
        leisure.later(what, () -> {
            done.add(what);
            turn.complete();
            return Future.succeededFuture();
        });
        return turn.future();
    }

    @Test
    void what_waits_is_done_at_once_where_nothing_arrives() throws Exception {
        assertThat(onLoop(() -> later("save"))).containsExactly("save");
    }

    @Test
    void nothing_is_done_while_something_arrives_and_all_of_it_soon_after() throws Exception {
        var last = Promise.<Void>promise();
        var before = onLoop(() -> {
            leisure.busy(arriving::future);
            later("save");
            later("save");
            later("warm").onSuccess(turn -> last.complete());
        });
        onLoop(arriving::complete);
        clock.advance(Duration.ofSeconds(1));
        last.future().await(20, SECONDS);

        assertThat(before).isEmpty();
        assertThat(onLoop(() -> {})).containsExactly("save", "warm");
    }

    @Test
    void what_has_waited_long_is_done_though_something_arrives() throws Exception {
        var turn = Promise.<Void>promise();
        onLoop(() -> {
            leisure.busy(arriving::future);
            later("save").onSuccess(did -> turn.complete());
        });
        clock.advance(Duration.ofSeconds(11));

        turn.future().await(20, SECONDS);
        assertThat(onLoop(() -> assertThat(leisure.isQuiet()).isFalse())).containsExactly("save");
    }

    @Test
    void what_throws_keeps_nothing_else_from_being_done() throws Exception {
        var failed = Promise.<Throwable>promise();
        var last = Promise.<Void>promise();
        onLoop(() -> {
            leisure.busy(this::thrower).onFailure(failed::complete);
            leisure.later("odd", this::thrower);
            later("save").onSuccess(turn -> last.complete());
        });
        clock.advance(Duration.ofSeconds(1));

        assertThat(failed.future().await(20, SECONDS)).hasMessage("odd");
        last.future().await(20, SECONDS);
        assertThat(onLoop(() -> {})).containsExactly("save");
    }

    private <T> Future<T> thrower() {
        throw new IllegalStateException("odd");
    }
}
