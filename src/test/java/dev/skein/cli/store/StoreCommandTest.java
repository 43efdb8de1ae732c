package dev.skein.cli.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.cli.Run;
import dev.skein.kernel.SteadyClock;
import dev.skein.store.EmbeddedServer;
import dev.skein.store.SqliteStore;
import dev.skein.store.StoreConfig;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCommandTest {
    @TempDir
    Path folder;

    @Test
    void a_store_moves_from_a_file_to_postgres_with_two_commands() throws Exception {
        var data = folder.resolve("data").toString();
        var copy = folder.resolve("monday.copy").toString();
        var server = EmbeddedServer.database();
        var conf = "{\"store.url\": \"%s\", \"store.user\": \"%s\"}".formatted(server.url(), server.user());
        fill(Path.of(data));

        assertThat(Run.of("store", "backup", "--data-dir", data, copy).err())
                .matches("\\Q" + copy + "\\E: schema \\d+, \\d+ rows in \\d+ tables\n");
        assertThat(Run.of("store", "check", copy).err()).startsWith("sound: schema ");
        assertThat(Run.of("store", "check", "--data-dir", data).err()).startsWith("sound: schema ");
        assertThat(Run.of("store", "restore", "-f", conf, copy).err()).startsWith("restored schema ");
        assertThat(Run.of("store", "restore", "-f", conf, copy))
                .satisfies(again -> assertThat(again.exit()).isEqualTo(5))
                .satisfies(again -> assertThat(again.err()).contains("--replace puts the copy in their place"));
        assertThat(Run.of("store", "restore", "--replace", "-f", conf, copy).exit())
                .isZero();
    }

    @Test
    void a_store_that_is_not_there_is_not_found() {
        var missing = Run.of("store", "backup", "--data-dir", folder.toString(), folder.resolve("x") + "");

        assertThat(missing.exit()).isEqualTo(3);
        assertThat(missing.err()).contains("there is no store in " + folder);
    }

    private static void fill(Path data) throws Exception {
        var vertx = Vertx.vertx();
        var store = SqliteStore.open(vertx, data, StoreConfig.DEFAULTS, SteadyClock.system())
                .await(20, SECONDS);
        store.write(tx -> tx.update("INSERT INTO leftovers (worker, pipeline_id) VALUES ('w', 'p')"))
                .await(5, SECONDS);
        store.close().await(5, SECONDS);
        vertx.close().await(5, SECONDS);
    }
}
