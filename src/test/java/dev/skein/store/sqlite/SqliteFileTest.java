package dev.skein.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.skein.store.Durability;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SqliteFileTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(SqliteFile.class);

    @TempDir
    Path directory;

    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            said.add(event.getFormattedMessage());
        }
    };

    /** The last pages are of a table that no start reads. */
    @BeforeEach
    void make() throws SQLException {
        SqliteFile.open(directory, Durability.FSYNC).close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("skein.db"));
                var statement = connection.createStatement()) {
            statement.execute("create table bulk as with recursive numbers(n) as"
                    + " (select 1 union all select n + 1 from numbers where n < 1000) select n, hex(n) from numbers");
        }
        listener.start();
        LOG.setLevel(Level.INFO);
        LOG.addAppender(listener);
    }

    @AfterEach
    void detach() {
        LOG.detachAppender(listener);
        LOG.setLevel(null);
    }

    @Test
    void a_small_file_with_a_damaged_page_is_refused() throws Exception {
        damageLastPage();

        assertThatThrownBy(() -> SqliteFile.open(directory, Durability.FSYNC))
                .hasMessageContaining("skein.db is damaged")
                .hasMessageContaining("restore a copy");
    }

    @Test
    void of_a_large_file_with_a_damaged_page_the_log_tells() throws Exception {
        damageLastPage();

        var opened = SqliteFile.open(directory, Durability.FSYNC, 0);

        assertThat(said.poll(30, TimeUnit.SECONDS)).contains("skein.db is damaged", "restore a copy");
        opened.close();
    }

    @Test
    void of_a_large_file_that_is_sound_the_log_tells_too() throws Exception {
        var opened = SqliteFile.open(directory, Durability.FSYNC, 0);

        assertThat(said.poll(30, TimeUnit.SECONDS)).endsWith("is sound");
        opened.close();
    }

    private void damageLastPage() throws IOException {
        try (var file = new RandomAccessFile(directory.resolve("skein.db").toFile(), "rw")) {
            file.seek(file.length() - 4_096);
            file.write(new byte[64]);
        }
    }
}
