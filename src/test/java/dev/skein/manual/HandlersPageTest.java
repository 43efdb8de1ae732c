package dev.skein.manual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.job.host.Handlers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HandlersPageTest {
    private static final Path PAGE = Path.of("docs/handlers.md");

    @Test
    void the_example_is_the_class_that_is_compiled() throws IOException {
        var source = Files.readString(Path.of("src/test/java/dev/skein/manual/WordCountHandler.java"));

        assertThat(Files.readString(PAGE)).contains(source.substring(source.indexOf("public final class")));
    }

    @Test
    void every_type_that_is_shipped_is_on_the_page() throws IOException {
        var page = Files.readString(PAGE);

        assertThat(Handlers.found(type -> true))
                .isNotEmpty()
                .allSatisfy(handler -> assertThat(page).contains("| `" + handler.type() + "` |"));
    }
}
