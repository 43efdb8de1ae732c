package dev.skein.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.skein.store.Durability;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
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

    @BeforeEach
    void make() {
        SqliteFile.open(directory, Durability.FSYNC).close();
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
        damagePageOfJobs();

        assertThatThrownBy(() -> SqliteFile.open(directory, Durability.FSYNC))
                .hasMessageContaining("skein.db is damaged")
                .hasMessageContaining("restore a copy");
    }

    @Test
    void of_a_large_file_with_a_damaged_page_the_log_tells() throws Exception {
        damagePageOfJobs();

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

    @Test
    void a_file_that_has_become_empty_is_refused_rather_than_begun_anew() throws Exception {
        SqliteFile.open(directory, Durability.FSYNC).close();
        Files.write(directory.resolve("skein.db"), new byte[0]);

        assertThatThrownBy(() -> SqliteFile.open(directory, Durability.FSYNC))
                .hasMessageContaining("skein.db is damaged (it has 0 bytes")
                .hasMessageContaining("skein store restore -f CONF --replace COPY");
    }

    @Test
    void a_file_that_a_crash_left_empty_as_it_was_made_is_made_again() throws Exception {
        var fresh = directory.resolve("fresh");
        Files.createDirectories(fresh);
        Files.write(fresh.resolve("skein.db"), new byte[0]);
        Files.write(fresh.resolve("skein.db.new"), new byte[0]);

        SqliteFile.open(fresh, Durability.FSYNC).close();

        assertThat(fresh.resolve("skein.db")).isNotEmptyFile();
        assertThat(fresh.resolve("skein.db.new")).doesNotExist();
    }

    private void damagePageOfJobs() throws Exception {
        long page;
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("skein.db"));
                var found = connection
                        .createStatement()
                        .executeQuery("SELECT rootpage FROM sqlite_schema WHERE name = 'jobs'")) {
            page = found.getLong(1);
        }
        try (var file = new RandomAccessFile(directory.resolve("skein.db").toFile(), "rw")) {
            file.seek((page - 1) * 4_096);
            file.write(new byte[64]);
        }
    }
}
