package dev.skein.cli.review.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTextsTest {
    private static final Path OF_THIS_PROCESS = Path.of("/proc/self");

    @Test
    void a_file_that_cannot_be_read_has_no_text_and_the_report_goes_on_without() {
        assertThat(OF_THIS_PROCESS.resolve("mem")).isRegularFile(); // whose first page is nobody's to read

        assertThat(new LocalTexts(OF_THIS_PROCESS).text("mem")).isNull();
    }

    @Test
    void a_file_above_the_root_has_no_text(@TempDir Path folder) throws Exception {
        var root = Files.createDirectory(folder.resolve("root"));
        Files.writeString(folder.resolve("above"), "secret");
        Files.writeString(root.resolve("below"), "x = 1");

        var texts = new LocalTexts(root);

        assertThat(texts.text("../above")).isNull();
        assertThat(texts.text("below")).isEqualTo("x = 1");
    }
}
