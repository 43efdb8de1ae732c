package dev.skein.review.scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceReaderTest {
    @TempDir
    private Path root;

    @Test
    void a_file_that_became_a_pipe_is_no_source_and_nobody_waits_for_its_writer() throws Exception {
        var pipe = root.resolve("a.py");
        Files.writeString(pipe, "x = 1\n");
        var file = new ScopedFile("a.py", 6, 1, SourceReader.hash(Files.readAllBytes(pipe)), "python");
        assertThat(SourceReader.open(root, file)).isPresent();

        Files.delete(pipe);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        var opened = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> SourceReader.open(root, file));
        assertThat(opened).isEmpty();
    }
}
