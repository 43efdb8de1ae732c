package dev.skein.connector.letter;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.connector.Owner;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {
    private static final Instant NOW = Instant.parse("2026-01-15T10:00:00Z");
    private static final int BYTES_MAX = 64 << 10;

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(5, SECONDS);
    }

    @Test
    void a_letter_is_one_line_of_json_that_only_its_owner_can_read() throws Exception {
        var letters = letters(folder);

        letters.add(letter("{\"n\":1}"));
        letters.settled().await(5, SECONDS);

        var file = folder.resolve("dead-letters.jsonl");
        assertThat(Files.readAllLines(file)).singleElement().satisfies(line -> {
            var json = new ObjectMapper().readTree(line);
            assertThat(json.path("at").asText()).isEqualTo("2026-01-15T10:00:00Z");
            assertThat(json.path("pipeline_name").asText()).isEqualTo("p");
            assertThat(json.path("reason").asText()).isEqualTo("HTTP 400");
            assertThat(json.path("message").asText()).isEqualTo("{\"n\":1}");
        });
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void the_files_together_stay_below_their_cap() throws Exception {
        var letters = letters(folder);
        for (int i = 0; i < 2_000; i++) {
            letters.add(letter("x".repeat(100)));
        }
        letters.settled().await(10, SECONDS);

        try (var files = Files.list(folder)) {
            var all = files.toList();
            assertThat(all).hasSize(4);
            assertThat(all.stream().mapToLong(DeadLettersTest::size).sum()).isBetween(BYTES_MAX / 2L, (long) BYTES_MAX);
        }
        assertThat(letters.count()).isEqualTo(2_000);
        assertThat(letters.lost()).isZero();
    }

    @Test
    void letters_that_cannot_be_kept_are_counted() throws Exception {
        var notAFolder = Files.writeString(folder.resolve("file"), "");
        var letters = letters(notAFolder);

        letters.add(letter("a"));
        letters.settled().await(5, SECONDS);

        assertThat(letters.lost()).isEqualTo(1);
    }

    private DeadLetters letters(Path where) {
        return new DeadLetters(vertx, where, BYTES_MAX, () -> NOW);
    }

    private static DeadLetter letter(String message) {
        return new DeadLetter(new Owner("g", "p", 1), "C", "out", "HTTP 400", 1, message);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
