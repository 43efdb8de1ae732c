package dev.skein.store.lease;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import dev.skein.store.Dialect;
import dev.skein.store.Durability;
import dev.skein.store.EmbeddedServer;
import dev.skein.store.Store;
import dev.skein.store.Store.Session;
import dev.skein.store.Store.Work;
import dev.skein.store.StoreConfig;
import dev.skein.store.Stores;
import dev.skein.store.lease.Lease.Row;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lease on PostgreSQL, where it has rivals. */
class LeaseTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration NONE = Duration.ZERO;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> doubts = new ArrayList<>();
    private Store store;
    private Session first;
    private Session second;

    @BeforeEach
    void open() throws Exception {
        var config = new StoreConfig(Durability.FSYNC, 100, 10, Duration.ofSeconds(5), EmbeddedServer.database());
        store = Stores.open(vertx, Path.of("unused"), config, SteadyClock.system())
                .await(20, SECONDS);
        first = store.session(Duration.ofSeconds(5));
        second = store.session(Duration.ofSeconds(5));
    }

    @AfterEach
    void close() throws Exception {
        first.close();
        second.close();
        store.close().await(5, SECONDS);
        vertx.close().await(5, SECONDS);
    }

    @Test
    void one_of_two_gets_it_and_the_other_learns_who() {
        assertThat(first.run(tx -> of("a@1", LONG).take(tx, true)).epoch()).isEqualTo(1);

        var seen = second.run(tx -> of("b@1", LONG).take(tx, true));
        assertThat(seen.holder()).isEqualTo("a@1");
        assertThat(seen.epoch()).isEqualTo(1);
        assertThat(seen.left()).isBetween(Duration.ofSeconds(50), LONG);
    }

    @Test
    void once_its_time_is_over_anybody_gets_it_in_a_new_epoch_and_the_old_holder_cannot_renew() {
        first.run(tx -> of("a@1", NONE).take(tx, false));

        assertThat(second.run(tx -> of("b@1", LONG).take(tx, false)).epoch()).isEqualTo(2);
        var seen = first.run(tx -> of("a@1", LONG).renew(tx, 1));
        assertThat(seen.holder()).isEqualTo("b@1");
        assertThat(seen.epoch()).isEqualTo(2);
    }

    @Test
    void one_that_was_given_back_is_free_at_once() {
        first.run(tx -> of("a@1", LONG).take(tx, false));
        first.run(tx -> of("a@1", LONG).release(tx, 1));

        assertThat(second.run(tx -> of("b@1", LONG).take(tx, false)).holder()).isEqualTo("b@1");
    }

    @Test
    void a_node_that_was_started_again_takes_its_own_at_once_but_only_when_it_reclaims() {
        first.run(tx -> of("a_b@1", LONG).take(tx, false));

        assertThat(second.run(tx -> of("a_b@2", LONG).take(tx, false)).holder()).isEqualTo("a_b@1");
        assertThat(second.run(tx -> of("axb@2", LONG).take(tx, true)).holder()).isEqualTo("a_b@1");
        assertThat(second.run(tx -> of("a_b@2", LONG).take(tx, true)).holder()).isEqualTo("a_b@2");
    }

    @Test
    void a_fenced_write_is_refused_once_a_later_epoch_has_begun() throws Exception {
        var epoch = take("a@1", NONE).epoch();
        var fenced = new FencedStore(store, epoch, () -> true, doubts::add);
        put(fenced, "before").await(5, SECONDS);
        take("b@1", LONG);

        assertThatThrownBy(() -> put(fenced, "after").await(5, SECONDS))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("no_leader"));
        assertThat(names()).containsExactly("before");
        assertThat(doubts).containsExactly("a later epoch has begun");
    }

    @Test
    void nothing_is_sent_once_the_leader_itself_does_not_believe_any_more() {
        var fenced = new FencedStore(store, 0, () -> false, doubts::add);

        assertThatThrownBy(() -> put(fenced, "x").await(5, SECONDS))
                .hasMessageContaining("is over: nothing was changed");
    }

    @Test
    void a_takeover_waits_for_a_fenced_transaction_and_a_renewal_does_not() throws Exception {
        var epoch = take("a@1", NONE).epoch();
        var fenced = new FencedStore(store, epoch, () -> true, doubts::add);
        var inside = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var slow = fenced.write(tx -> {
            inside.countDown();
            return await(goOn) ? tx.update("INSERT INTO meta (name, value) VALUES ('slow', '')") : 0;
        });
        inside.await(5, SECONDS);

        assertThat(first.run(tx -> of("a@1", NONE).renew(tx, epoch)).holder()).isEqualTo("a@1");
        var takeover =
                vertx.executeBlocking(() -> second.run(tx -> of("b@1", LONG).take(tx, false)));
        assertThatThrownBy(() -> takeover.await(300, java.util.concurrent.TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        goOn.countDown();
        assertThat(takeover.await(5, SECONDS).epoch()).isEqualTo(epoch + 1);
        assertThat(slow.await(5, SECONDS)).isEqualTo(1);
        assertThat(names()).containsExactly("slow");
    }

    private Row take(String holder, Duration length) {
        Work<Row> take = tx -> of(holder, length).take(tx, false);
        return second.run(take);
    }

    private static Lease of(String holder, Duration length) {
        return new Lease(Dialect.POSTGRES, holder, length);
    }

    private static Future<Integer> put(Store store, String name) {
        return store.write(tx -> tx.update("INSERT INTO meta (name, value) VALUES (?, '')", name));
    }

    private List<String> names() throws Exception {
        return store.read(tx -> tx.query("SELECT name FROM meta ORDER BY name", row -> row.getString(1)))
                .await(5, SECONDS);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(5, SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
