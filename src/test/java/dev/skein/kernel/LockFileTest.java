package dev.skein.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {
    @TempDir
    Path folder;

    @Test
    void one_at_a_time_has_it_and_the_next_gets_it_once_it_is_given_back() throws IOException {
        var file = folder.resolve("lock");

        try (var first = LockFile.take(file);
                var second = LockFile.take(file)) {
            assertThat(first).isNotNull();
            assertThat(second).isNull();
        }
        try (var next = LockFile.take(file)) {
            assertThat(next).isNotNull();
        }
    }
}
