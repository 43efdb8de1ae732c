package dev.skein.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.kernel.SteadyClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqliteStoreTest {
    private static final int BLOB_BYTES = 1 << 16;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<Store> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        Future.join(opened.stream().map(Store::close).toList()).await(10, SECONDS);
        vertx.close().await(5, SECONDS);
    }

    @ParameterizedTest
    @EnumSource
    void what_was_acknowledged_is_read_back(Durability durability) throws Exception {
        var store = open(with(durability));
        put(store, "a", "1").await(5, SECONDS);

        assertThat(value(store, "a")).containsExactly("1");
    }

    @ParameterizedTest
    @EnumSource(names = {"FSYNC", "ASYNC"})
    void what_was_acknowledged_is_there_after_the_store_is_opened_again(Durability durability) throws Exception {
        var first = open(with(durability));
        put(first, "a", "1").await(5, SECONDS);
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
    void a_full_disk_refuses_changes_and_is_forgotten_once_there_is_space() throws Exception {
        var store = open(StoreConfig.DEFAULTS);
        limitPages(store, 60);
        var big = "x".repeat(BLOB_BYTES);
        put(store, "small", "1").await(5, SECONDS);

        assertThatThrownBy(() -> fill(store, big)).isInstanceOfSatisfying(Problem.class, p -> {
            assertThat(p.kind()).isEqualTo(Kind.STORAGE_FULL);
            assertThat(p.code()).isEqualTo("storage_full");
            assertThat(p.sentence()).contains("nothing was changed");
        });
        assertThat(store.health().writable()).isFalse();
        assertThat(value(store, "small")).containsExactly("1");

        put(store, "later", big).await(5, SECONDS); // over a new connection, which has no limit
        assertThat(store.health().writable()).isTrue();
        assertThat(value(store, "later")).containsExactly(big);
    }

    @Test
    void a_file_that_turns_read_only_refuses_changes_until_it_can_be_written_again() throws Exception {
        var store = open(StoreConfig.DEFAULTS);
        store.write(tx -> tx.update("PRAGMA query_only=ON")).await(5, SECONDS);

        assertThatThrownBy(() -> put(store, "a", "1").await(5, SECONDS))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.kind()).isEqualTo(Kind.STORAGE_FULL));
        put(store, "a", "2").await(5, SECONDS); // over a new connection
        assertThat(value(store, "a")).containsExactly("2");
    }

    @Test
    void a_damaged_file_is_refused_with_one_sentence() throws Exception {
        Files.writeString(directory.resolve("skein.db"), "this is not a database at all, ".repeat(100));

        assertThatThrownBy(() -> open(StoreConfig.DEFAULTS))
                .hasMessageContaining("skein.db is damaged (it is no sound database); restore a copy");
    }

    @Test
    void a_file_of_a_newer_version_is_refused_with_one_sentence() throws Exception {
        var store = open(StoreConfig.DEFAULTS);
        store.write(tx -> tx.update("INSERT INTO flyway_schema_history (installed_rank, version, description, type,"
                        + " script, checksum, installed_by, execution_time, success)"
                        + " VALUES (99, '99', 'future', 'SQL', 'V99__future.sql', 1, '', 1, 1)"))
                .await(5, SECONDS);
        store.close().await(5, SECONDS);

        assertThatThrownBy(() -> open(StoreConfig.DEFAULTS))
                .hasMessageContaining("was written by a newer version of Skein (schema 99)");
    }

    @Test
    void a_second_coordinator_is_kept_out_of_the_same_directory() throws Exception {
        open(StoreConfig.DEFAULTS);

        assertThatThrownBy(() -> open(StoreConfig.DEFAULTS)).hasMessageContaining("in use by another coordinator");
    }

    @Test
    void a_directory_that_cannot_be_made_is_named() throws Exception {
        var file = Files.createFile(directory.resolve("taken"));

        assertThatThrownBy(() -> SqliteStore.open(vertx, file, StoreConfig.DEFAULTS, SteadyClock.system())
                        .await(5, SECONDS))
                .hasMessageContaining("taken cannot be written");
    }

    @Test
    void the_file_is_readable_by_its_owner_only() throws Exception {
        open(StoreConfig.DEFAULTS);

        assertThat(Files.getPosixFilePermissions(directory.resolve("skein.db")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void closing_finishes_what_was_submitted_and_refuses_what_comes_later() throws Exception {
        var store = open(StoreConfig.DEFAULTS);
        var last = put(store, "a", "1");
        store.close().await(5, SECONDS);

        assertThat(last.succeeded()).isTrue();
        assertThatThrownBy(() -> put(store, "b", "1").await(5, SECONDS)).hasMessageContaining("the store is closed");
    }

    private Store open(StoreConfig config) throws Exception {
        var store =
                SqliteStore.open(vertx, directory, config, SteadyClock.system()).await(20, SECONDS);
        opened.add(store);
        return store;
    }

    private static StoreConfig with(Durability durability) {
        return new StoreConfig(durability, 100, 10, Duration.ofSeconds(5));
    }

    private static Future<Integer> put(Store store, String name, String value) {
        return store.write(tx -> tx.update("INSERT INTO meta (name, value) VALUES (?, ?)", name, value));
    }

    private static List<String> value(Store store, String name) throws Exception {
        return store.read(tx -> tx.query("SELECT value FROM meta WHERE name = ?", row -> row.getString(1), name))
                .await(5, SECONDS);
    }

    private static void limitPages(Store store, int pages) throws Exception {
        store.write(tx -> tx.query("PRAGMA max_page_count=" + pages, row -> row.getInt(1)))
                .await(5, SECONDS);
    }

    private static void fill(Store store, String text) throws Exception {
        for (int i = 0; i < 100; i++) {
            put(store, "big" + i, text).await(5, SECONDS);
        }
    }

    /** Keeps the writer occupied until the latch is counted down. */
    private static CountDownLatch hold(Store store) throws Exception {
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
