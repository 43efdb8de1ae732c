package dev.skein.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.config.Secret;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.kernel.SteadyClock;
import dev.skein.store.StoreConfig.Server;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresStoreTest extends StoreContract {
    private static final String OTHERS = " FROM pg_stat_activity WHERE datname = '%s'";

    private final Server database = EmbeddedServer.database();

    @Override
    Future<Store> connect(StoreConfig config) {
        return connect(config, database);
    }

    private Future<Store> connect(StoreConfig config, Server server) {
        var remote = new StoreConfig(
                config.durability(), config.queueMax(), config.batchMax(), config.closeDeadline(), server);
        return Stores.open(vertx, Path.of("unused"), remote, SteadyClock.system());
    }

    @Test
    void a_lost_connection_fails_what_was_under_way_and_is_replaced_by_itself() throws Exception {
        var store = open(StoreConfig.DEFAULTS);
        put(store, "a", "1").await(5, SECONDS);

        assertThatThrownBy(() -> store.write(tx -> {
                            hangUp();
                            return tx.update("INSERT INTO meta (name, value) VALUES ('b', '1')");
                        })
                        .await(5, SECONDS))
                .isInstanceOfSatisfying(Problem.class, p -> {
                    assertThat(p.kind()).isEqualTo(Kind.BUSY);
                    assertThat(p.sentence()).contains("nothing was changed");
                });
        put(store, "c", "1").await(5, SECONDS);
        assertThat(value(store, "b")).isEmpty();
        assertThat(store.health().writable()).isTrue();
    }

    @Test
    void a_reader_whose_connection_was_cut_reads_again() throws Exception {
        var store = open(StoreConfig.DEFAULTS);
        value(store, "a");
        hangUp();

        assertThatThrownBy(() -> value(store, "a"))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.kind()).isEqualTo(Kind.BUSY));
        assertThat(value(store, "a")).isEmpty();
    }

    /** The deferred trigger runs inside COMMIT and cuts the connection there, before the point of no return. */
    @Test
    void a_commit_that_is_cut_off_before_it_counts_is_reported_as_not_made() throws Exception {
        var store = open(StoreConfig.DEFAULTS);
        store.write(tx -> {
                    tx.update("CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS"
                            + " 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'");
                    return tx.update("CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON leftovers"
                            + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut()");
                })
                .await(5, SECONDS);

        Future<Integer> cut =
                store.write(tx -> tx.update("INSERT INTO leftovers (worker, pipeline_id) VALUES ('w', 'p')"));

        assertThatThrownBy(() -> cut.await(15, SECONDS))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.kind()).isEqualTo(Kind.BUSY));
        assertThat(store.read(tx -> tx.query("SELECT worker FROM leftovers", row -> row.getString(1)))
                        .await(5, SECONDS))
                .isEmpty();
    }

    @Test
    void a_database_that_turns_read_only_refuses_changes_until_it_can_be_written_again() throws Exception {
        var store = open(StoreConfig.DEFAULTS);
        store.write(tx -> tx.update("SET default_transaction_read_only = on")).await(5, SECONDS);

        assertThatThrownBy(() -> put(store, "a", "1").await(5, SECONDS))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.kind()).isEqualTo(Kind.STORAGE_FULL));
        put(store, "a", "2").await(5, SECONDS); // over a new connection
        assertThat(value(store, "a")).containsExactly("2");
    }

    @ParameterizedTest
    @CsvSource({"53100, STORAGE_FULL", "58030, STORAGE_FULL", "57014, BUSY", "40P01, BUSY", "53300, BUSY"})
    void a_state_of_the_server_means_the_same_as_it_does_with_a_file(String state, Kind kind) throws Exception {
        var store = open(StoreConfig.DEFAULTS);

        assertThatThrownBy(() -> store.write(tx ->
                                tx.update("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '" + state + "'; END $$"))
                        .await(5, SECONDS))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.kind()).isEqualTo(kind));
        put(store, "a", "1").await(5, SECONDS);
    }

    @Test
    void a_statement_that_takes_too_long_is_ended_by_the_server() throws Exception {
        var hasty =
                new Server(database.url(), "postgres", new Secret(""), Duration.ofSeconds(3), Duration.ofMillis(200));
        var store = connect(StoreConfig.DEFAULTS, hasty).await(20, SECONDS);

        assertThatThrownBy(() -> store.write(tx -> tx.query("SELECT pg_sleep(30)", row -> 1))
                        .await(5, SECONDS))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.kind()).isEqualTo(Kind.BUSY));
        store.close().await(5, SECONDS);
    }

    @Test
    void a_server_that_is_not_there_is_named_without_its_options() {
        var absent = new Server(
                "jdbc:postgresql://127.0.0.1:1/none?ssl=false",
                "skein",
                new Secret(""),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));

        assertThatThrownBy(() -> connect(StoreConfig.DEFAULTS, absent).await(20, SECONDS))
                .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/none cannot be used")
                .hasMessageNotContaining("ssl=false");
    }

    private void hangUp() {
        var name = database.url().substring(database.url().lastIndexOf('/') + 1);
        EmbeddedServer.execute("SELECT pg_terminate_backend(pid)" + OTHERS.formatted(name));
    }
}
