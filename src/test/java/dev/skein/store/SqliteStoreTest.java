package dev.skein.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.kernel.SteadyClock;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SqliteStoreTest extends StoreContract {
    private static final int BLOB_BYTES = 1 << 16;

    @TempDir
    Path directory;

    @Override
    Future<Store> connect(StoreConfig config) {
        return SqliteStore.open(vertx, directory, config, SteadyClock.system());
    }

    @ParameterizedTest
    @EnumSource
    void what_was_acknowledged_is_read_back(Durability durability) throws Exception {
        var store = open(with(durability));
        put(store, "a", "1").await(5, SECONDS);

        assertThat(value(store, "a")).containsExactly("1");
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
                .hasMessageContaining("skein.db is damaged (it is no sound database); move it away and restore a copy");
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

    private static void limitPages(Store store, int pages) throws Exception {
        store.write(tx -> tx.query("PRAGMA max_page_count=" + pages, row -> row.getInt(1)))
                .await(5, SECONDS);
    }

    private static void fill(Store store, String text) throws Exception {
        for (int i = 0; i < 100; i++) {
            put(store, "big" + i, text).await(5, SECONDS);
        }
    }
}
