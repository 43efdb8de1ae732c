package dev.skein.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {
    @TempDir
    Path folder;

    private final List<String> taken = new ArrayList<>();

    @Test
    void what_the_file_says_is_taken_when_it_changes_and_only_then() throws IOException {
        var file = file("first");
        var secret = new SecretFile("x.key", file, new Secret("first"), this::take);

        secret.look();
        assertThat(taken).isEmpty();
        Files.writeString(file, "second\n");
        secret.look();
        secret.look();

        assertThat(taken).containsExactly("second");
    }

    @Test
    void what_cannot_be_used_leaves_what_was_and_what_is_mended_is_taken() throws IOException {
        var file = file("first");
        var secret = new SecretFile("x.key", file, new Secret("first"), this::take);
        for (var wrong : List.of("", "bad")) {
            Files.writeString(file, wrong);
            secret.look();
        }
        Files.delete(file);
        secret.look();
        assertThat(taken).isEmpty();

        file("third");
        secret.look();

        assertThat(taken).containsExactly("third");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("key"), text);
    }

    private void take(Secret secret) {
        if (secret.reveal().equals("bad")) {
            throw new IllegalArgumentException("bad");
        }
        taken.add(secret.reveal());
    }
}
