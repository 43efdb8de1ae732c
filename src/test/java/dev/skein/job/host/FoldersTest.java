package dev.skein.job.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node that was killed leaves behind. */
class FoldersTest {
    @TempDir
    Path folder;

    @Test
    void folders_of_former_calls_are_removed_and_links_are_not_followed() throws IOException {
        var calls = folder.resolve("calls");
        var outside = Files.writeString(folder.resolve("outside"), "kept");
        Files.createDirectories(calls.resolve("j-1/deep"));
        Files.writeString(calls.resolve("j-1/deep/file"), "x");
        Files.createSymbolicLink(calls.resolve("j-1/link"), folder);

        Folders.clear(calls);
        Folders.clear(calls); // there is nothing to remove

        assertThat(calls).doesNotExist();
        assertThat(outside).hasContent("kept");
    }
}
