package dev.skein.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {
    @TempDir
    Path folder;

    @Test
    void a_directory_goes_with_all_in_it_and_what_links_in_it_point_to_stays() throws IOException {
        var tree = folder.resolve("tree");
        var outside = Files.writeString(
                Files.createDirectory(folder.resolve("outside")).resolve("file"), "kept");
        Files.writeString(Files.createDirectories(tree.resolve("a/b")).resolve("file"), "x");
        Files.createSymbolicLink(tree.resolve("a/link"), outside.getParent());
        Files.createSymbolicLink(tree.resolve("nowhere"), Path.of("gone"));

        Trees.delete(tree);

        assertThat(tree).doesNotExist();
        assertThat(outside).hasContent("kept");
    }

    @Test
    void of_a_link_only_the_link_goes() throws IOException {
        var outside = Files.writeString(
                Files.createDirectory(folder.resolve("outside")).resolve("file"), "kept");
        var link = Files.createSymbolicLink(folder.resolve("link"), outside.getParent());

        Trees.delete(link);

        assertThat(link).doesNotExist();
        assertThat(outside).hasContent("kept");
    }

    @Test
    void a_single_file_goes_and_what_is_not_there_is_no_failure() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "x");

        Trees.delete(file);
        Trees.delete(file);

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void what_the_system_does_not_delete_fails() {
        assertThatThrownBy(() -> Trees.delete(folder.resolve("."))).isInstanceOf(IOException.class);
    }
}
