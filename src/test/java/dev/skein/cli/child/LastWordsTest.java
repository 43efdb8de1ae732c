package dev.skein.cli.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastWordsTest {
    @TempDir
    Path directory;

    @Test
    void why_a_node_did_not_start_is_said_once_and_without_the_rest() throws Exception {
        var log = Files.write(directory.resolve("node.log"), """
                next: skein worker list
                error: review.ollama.urls must be http, got x\u001B[31m
                error: review.ollama.urls must be http, got x\u001B[31m
                2026-11-22T12:11:16.428Z ERROR [main] dev.skein.NodeRunner cannot start: no room
                \tat dev.skein.Main
                """.getBytes());

        assertThat(LastWords.of(log))
                .startsWith("review.ollama.urls must be http, got x")
                .endsWith("[31m; cannot start: no room")
                .doesNotContain("\u001B");
        assertThat(LastWords.of(directory.resolve("none"))).isEmpty();
    }
}
