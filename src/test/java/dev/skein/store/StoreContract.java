package dev.skein.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store does, whatever is beneath it. */
abstract class StoreContract {
    final Vertx vertx = Vertx.vertx();
    private final List<Store> opened = new ArrayList<>();

    /** Opens the same database each time within one test. */
    abstract Future<Store> connect(StoreConfig config);

    @AfterEach
    void close() throws Exception {
        Future.join(opened.stream().map(Store::close).toList()).await(10, SECONDS);
        vertx.close().await(5, SECONDS);
    }

    @ParameterizedTest
    @EnumSource(names = {"FSYNC", "ASYNC"})
    void what_was_acknowledged_is_there_after_the_store_is_opened_again(Durability durability) throws Exception {
        var first = open(with(durability));
        put(first, "a", "1").await(5, SECONDS);
        assertThat(value(first, "a")).containsExactly("1");
        first.close().await(5, SECONDS);

        assertThat(value(open(with(durability)), "a")).containsExactly("1");
    }

    @Test
    void a_transition_that_throws_fails_alone_within_its_batch() throws Exception {
        var store = open(StoreConfig.DEFAULTS);
        var gate = hold(store);
        var before = put(store, "a", "1");
        Future<Integer> refused = store.write(tx -> {
            tx.update("INSERT INTO meta (name, value) VALUES ('b', '1')");
            throw Problem.conflict("no");
        });
        Future<Integer> wrong = store.write(tx -> tx.update("INSERT INTO meta (name, value) VALUES ('a', '2')"));
        var after = put(store, "c", "3");
        gate.countDown();

        Future.join(before, refused, wrong, after).otherwiseEmpty().await(5, SECONDS);
        assertThat(refused.cause()).hasMessage("no");
        assertThat(wrong.cause()).hasMessage("internal error");
        assertThat(value(store, "a")).containsExactly("1");
        assertThat(value(store, "b")).isEmpty();
        assertThat(value(store, "c")).containsExactly("3");
    }

    @Test
    void a_transition_that_throws_and_is_alone_in_its_batch_leaves_nothing() throws Exception {
        var store = open(StoreConfig.DEFAULTS);
        Future<Integer> refused = store.write(tx -> {
            tx.update("INSERT INTO meta (name, value) VALUES ('b', '1')");
            throw Problem.conflict("no");
        });

        assertThatThrownBy(() -> refused.await(5, SECONDS)).hasMessage("no");
        put(store, "c", "3").await(5, SECONDS);
        assertThat(value(store, "b")).isEmpty();
    }

    @Test
    void many_transitions_complete_in_the_order_of_their_submission() throws Exception {
        var store = open(StoreConfig.DEFAULTS);
        var order = new ArrayList<Integer>();
        var all = new ArrayList<Future<Integer>>();
        var done = new CompletableFuture<Void>();
        vertx.runOnContext(start -> {
            IntStream.range(0, 2_000)
                    .forEach(i -> all.add(put(store, "k" + i, "v").onSuccess(rows -> order.add(i))));
            Future.all(all).onComplete(ignored -> done.complete(null));
        });

        done.get(20, SECONDS);
        assertThat(order).isEqualTo(IntStream.range(0, 2_000).boxed().toList());
    }

    @Test
    void a_future_completes_on_the_context_of_its_submitter() throws Exception {
        var store = open(StoreConfig.DEFAULTS);
        var same = new CompletableFuture<Boolean>();
        var context = vertx.getOrCreateContext();
        context.runOnContext(
                start -> put(store, "a", "1").onComplete(done -> same.complete(Vertx.currentContext() == context)));

        assertThat(same.get(5, SECONDS)).isTrue();
    }

    @Test
    void past_the_limit_a_write_is_refused_as_busy() throws Exception {
        var store = open(new StoreConfig(Durability.FSYNC, 2, 1, Duration.ofSeconds(5)));
        var gate = hold(store);
        var taken = List.of(put(store, "a", "1"), put(store, "b", "1"));

        assertThatThrownBy(() -> put(store, "c", "1").await(5, SECONDS))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.kind()).isEqualTo(Kind.BUSY));
        gate.countDown();
        Future.all(taken).await(5, SECONDS);
    }

    @Test
    void a_reader_cannot_change_anything() throws Exception {
        var store = open(StoreConfig.DEFAULTS);

        assertThatThrownBy(() -> store.read(tx -> tx.update("DELETE FROM meta")).await(5, SECONDS))
                .isInstanceOf(Problem.class);
        assertThat(value(store, "a")).isEmpty(); // and goes on reading
    }

    @Test
    void a_database_of_a_newer_version_is_refused_with_one_sentence() throws Exception {
        var store = open(StoreConfig.DEFAULTS);
        store.write(tx -> tx.update("INSERT INTO flyway_schema_history (installed_rank, version, description, type,"
                        + " script, checksum, installed_by, execution_time, success)"
                        + " VALUES (99, '99', 'future', 'SQL', 'V99__future.sql', 1, '', 1, TRUE)"))
                .await(5, SECONDS);
        store.close().await(5, SECONDS);

        assertThatThrownBy(() -> open(StoreConfig.DEFAULTS))
                .hasMessageContaining("was written by a newer version of Skein (schema 99)");
    }

    @Test
    void closing_finishes_what_was_submitted_and_refuses_what_comes_later() throws Exception {
        var store = open(StoreConfig.DEFAULTS);
        var last = put(store, "a", "1");
        store.close().await(5, SECONDS);

        assertThat(last.succeeded()).isTrue();
        assertThatThrownBy(() -> put(store, "b", "1").await(5, SECONDS)).hasMessageContaining("the store is closed");
    }

    final Store open(StoreConfig config) throws Exception {
        var store = connect(config).await(20, SECONDS);
        opened.add(store);
        return store;
    }

    static StoreConfig with(Durability durability) {
        return new StoreConfig(durability, 100, 10, Duration.ofSeconds(5));
    }

    static Future<Integer> put(Store store, String name, String value) {
        return store.write(tx -> tx.update("INSERT INTO meta (name, value) VALUES (?, ?)", name, value));
    }

    static List<String> value(Store store, String name) throws Exception {
        return store.read(tx -> tx.query("SELECT value FROM meta WHERE name = ?", row -> row.getString(1), name))
                .await(5, SECONDS);
    }

    /** Keeps the writer occupied until the latch is counted down. */
    static CountDownLatch hold(Store store) throws Exception {
        var gate = new CountDownLatch(1);
        var held = new CountDownLatch(1);
        store.write(tx -> {
            held.countDown();
            try {
                return gate.await(5, SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        held.await(5, SECONDS);
        return gate;
    }
}
