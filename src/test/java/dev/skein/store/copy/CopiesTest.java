package dev.skein.store.copy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.SteadyClock;
import dev.skein.store.Durability;
import dev.skein.store.EmbeddedServer;
import dev.skein.store.SqliteStore;
import dev.skein.store.Store;
import dev.skein.store.StoreConfig;
import dev.skein.store.Stores;
import dev.skein.store.lease.Lease;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies from a SQLite store that is at work to others of both kinds. */
class CopiesTest {
    private static final StoreConfig POSTGRES =
            new StoreConfig(Durability.FSYNC, 100, 10, Duration.ofSeconds(5), EmbeddedServer.database());

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private Store store;
    private Path file;

    @BeforeEach
    void fill() throws Exception {
        file = folder.resolve("monday.copy");
        store = SqliteStore.open(vertx, folder.resolve("from"), StoreConfig.DEFAULTS, SteadyClock.system())
                .await(20, SECONDS);
        store.write(tx -> {
                    tx.update("UPDATE leadership SET epoch = 7");
                    tx.update("INSERT INTO pipeline_groups (id, spec, created_at, deleting)"
                            + " VALUES ('g', '{\"naïve\": \"ü\\n\"}', 1700000000000, 0)");
                    for (int i : IntStream.range(0, 1_200).toArray()) {
                        tx.update("INSERT INTO leftovers (worker, pipeline_id) VALUES ('w', ?)", "p" + i);
                    }
                    return tx.update("INSERT INTO placements (group_id, name, pipeline, position, worker, pipeline_id,"
                            + " status, epoch, error, diagnostics)"
                            + " VALUES ('g', 'n', 'p', 0, 'w', 'p0', 'RUNNING', 3, NULL, '[]')");
                })
                .await(5, SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        store.close().await(5, SECONDS);
        vertx.close().await(5, SECONDS);
    }

    @Test
    void what_was_copied_from_a_file_at_work_is_the_same_in_postgres_and_back_in_a_file() throws Exception {
        var copied = from().backup(file);
        assertThat(copied.rows()).containsEntry("leftovers", 1_200L).containsEntry("placements", 1L);
        var inPostgres = copies("unused", POSTGRES);
        inPostgres.restore(file, false);
        var second = folder.resolve("second.copy");
        inPostgres.backup(second);
        copies("to", StoreConfig.DEFAULTS).restore(second, false);

        var back = SqliteStore.open(vertx, folder.resolve("to"), StoreConfig.DEFAULTS, SteadyClock.system())
                .await(20, SECONDS);
        assertThat(rows(back)).isEqualTo(rows(store));
        assertThat(epoch(back)).as("an epoch is never used twice").isGreaterThan(7);
        back.close().await(5, SECONDS);
        assertThat(copies("to", StoreConfig.DEFAULTS).check().rows())
                .containsAllEntriesOf(java.util.Map.of("leftovers", 1_200L, "pipeline_groups", 1L));
    }

    @Test
    void a_copy_is_readable_by_its_owner_only_and_never_written_over_another() throws Exception {
        from().backup(file);

        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThatThrownBy(() -> from().backup(file)).hasMessageContaining("exists already");
    }

    @Test
    void a_copy_with_one_changed_byte_or_without_its_end_is_refused() throws Exception {
        from().backup(file);
        var text = Files.readString(file);
        var changed = Files.writeString(folder.resolve("changed"), text.replace("\"p77\"", "\"p78\""));
        var cut = Files.writeString(folder.resolve("cut"), text.substring(0, text.lastIndexOf("{\"")));
        var other = Files.writeString(folder.resolve("other"), "{}\n");

        assertThatThrownBy(() -> Copies.verify(changed)).hasMessageContaining("its checksum is wrong");
        assertThatThrownBy(() -> Copies.verify(cut)).hasMessageContaining("its end is missing");
        assertThatThrownBy(() -> Copies.verify(Files.write(folder.resolve("binary"), new byte[] {(byte) 0xC3, 0x28})))
                .hasMessageContaining("it is no copy of a store, as skein store backup makes them");
        assertThatThrownBy(() -> Copies.verify(other)).hasMessageContaining("it is no copy of a store");
        assertThat(Copies.verify(file).total()).isGreaterThan(1_200);
    }

    @Test
    void a_store_in_use_is_not_restored() throws Exception {
        from().backup(file);

        assertThatThrownBy(() -> from().restore(file, true)).hasMessageContaining("in use by another coordinator");
    }

    @Test
    void a_store_that_is_led_or_holds_something_is_restored_only_when_that_may_be_lost() throws Exception {
        from().backup(file);
        var database = new StoreConfig(Durability.FSYNC, 100, 10, Duration.ofSeconds(5), EmbeddedServer.database());
        var used = Stores.open(vertx, folder, database, SteadyClock.system()).await(20, SECONDS);
        var lease = new Lease(used.dialect(), "c-0@1", Duration.ofSeconds(60));
        var row = used.write(tx -> lease.take(tx, true)).await(5, SECONDS);
        used.write(tx -> tx.update("INSERT INTO leftovers (worker, pipeline_id) VALUES ('old', 'old')"))
                .await(5, SECONDS);

        var copies = copies("unused", database);
        assertThatThrownBy(() -> copies.restore(file, true)).hasMessageContaining("in use by coordinator c-0@1");
        used.write(tx -> lease.release(tx, row.epoch())).await(5, SECONDS);
        assertThatThrownBy(() -> copies.restore(file, false)).hasMessageContaining("holds 1 rows; --replace");
        copies.restore(file, true);
        assertThat(rows(used)).isEqualTo(rows(store));
        used.close().await(5, SECONDS);
    }

    @Test
    void there_is_nothing_to_copy_where_there_is_no_store() {
        assertThatThrownBy(() -> copies("nowhere", StoreConfig.DEFAULTS).backup(file))
                .hasMessageContaining("there is no store in");
        assertThat(file).doesNotExist();
    }

    private Copies from() {
        return copies("from", StoreConfig.DEFAULTS);
    }

    private Copies copies(String directory, StoreConfig config) {
        return new Copies(folder.resolve(directory), config, SteadyClock.system());
    }

    private static List<String> rows(Store store) throws Exception {
        return store.read(tx -> {
                    var all = tx.query(
                            "SELECT worker, pipeline_id FROM leftovers",
                            row -> row.getString(1) + " " + row.getString(2));
                    all.addAll(tx.query(
                            "SELECT id, spec, created_at, deleting FROM pipeline_groups",
                            row -> row.getString(1) + row.getString(2) + row.getLong(3) + row.getInt(4)));
                    all.addAll(tx.query(
                            "SELECT name, epoch, error FROM placements",
                            row -> row.getString(1) + row.getLong(2) + row.getString(3)));
                    return all.stream().sorted().toList();
                })
                .await(5, SECONDS);
    }

    private static long epoch(Store store) throws Exception {
        return store.read(tx -> tx.query("SELECT epoch FROM leadership", row -> row.getLong(1)))
                .await(5, SECONDS)
                .get(0);
    }
}
