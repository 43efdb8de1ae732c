package dev.skein.router.index.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.skein.index.feed.Feeds.Fault;
import dev.skein.index.overlay.Overlay;
import dev.skein.index.overlay.TextStore;
import dev.skein.index.source.ContentHash;
import dev.skein.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change, go or cannot be read while they are looked at. */
class ChangingFilesTest {
    private static final long LATER = 10_000_000_000_000L; // so that nothing was changed shortly before
    private static final int NAME_CHARS = 250;
    private static final int PATH_CHARS_MAX = 4_096; // of the system

    @TempDir
    Path folder;

    @TempDir
    Path unsaved;

    private Path root;
    private Path file;
    private ShardFiles files;

    @BeforeEach
    void write() throws IOException {
        root = Files.createDirectory(folder.toRealPath().resolve("app"));
        file = Files.writeString(root.resolve("A.java"), "class A {}");
        Files.writeString(root.resolve("B.java"), "class B {}");
        var overlay = new Overlay(new TextStore(unsaved, 1 << 20, 1 << 20), path -> 1);
        files = new ShardFiles(root, overlay, path -> true, new ManifestFile(unsaved, "w"));
    }

    private RootScan.Found scan() throws IOException {
        return RootScan.of(root, List.of(""), RootScan.FILES_MAX);
    }

    @Test
    void a_file_that_goes_while_it_is_looked_at_is_named_and_holds_up_no_other() throws IOException {
        var seen = scan().files();
        Files.delete(file);

        var changes = files.compare(seen, LATER);

        assertThat(changes.changed()).containsExactly("B.java");
        assertThat(files.faults()).containsExactly(new Fault("A.java", "unreadable"));
        files.compare(scan().files(), LATER);
        assertThat(files.faults()).isEmpty();
    }

    @Test
    void a_file_that_was_half_written_when_it_was_read_is_read_again() throws IOException {
        var seen = scan().files();
        Files.writeString(file, "class Ne");
        files.compare(seen, LATER);

        Files.writeString(file, "class New {}");

        assertThat(files.compare(scan().files(), LATER).changed()).containsExactly("A.java");
    }

    @Test
    void what_is_sent_is_what_its_hash_says_even_if_it_changed_since_it_was_compared() throws IOException {
        files.compare(scan().files(), LATER);
        Files.writeString(file, "class Other {}");

        var sent = files.effective("A.java");

        assertThat(sent.item().content()).isEqualTo(ContentHash.of(sent.content()));
        assertThat(new String(sent.content())).isEqualTo("class Other {}");
    }

    @Test
    void a_file_that_was_away_when_it_was_to_be_sent_is_new_when_it_is_back() throws IOException {
        files.compare(scan().files(), LATER);
        var aside = Files.move(file, folder.resolve("aside"));
        assertThat(files.effective("A.java")).isNull();
        assertThat(files.item("A.java")).isNull();

        Files.move(aside, file); // with the time and the size that it had

        assertThat(files.compare(scan().files(), LATER).changed()).containsExactly("A.java");
    }

    @Test
    void a_file_that_was_another_while_it_was_sent_is_told_when_it_is_as_before() throws IOException {
        files.compare(scan().files(), LATER);
        var aside = Files.move(file, folder.resolve("aside"));
        Files.writeString(file, "class X {}");
        assertThat(files.effective("A.java")).isNotNull();

        Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(files.compare(scan().files(), LATER).changed()).containsExactly("A.java");
    }

    @Test
    void while_the_root_is_gone_no_file_counts_as_gone() throws IOException {
        files.compare(scan().files(), LATER);
        var aside = Files.move(root, folder.resolve("aside"));

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> files.effective("A.java"))
                .matches(problem -> problem.code().equals("root_away"));
        assertThatIOException().isThrownBy(this::scan);

        Files.move(aside, root);
        assertThat(files.compare(scan().files(), LATER).paths()).isEmpty();
    }

    @Test
    void a_link_put_in_the_place_of_a_file_is_not_followed() throws IOException {
        var seen = scan().files();
        var secret = Files.writeString(folder.resolve("Secret.java"), "class Secret {}");
        Files.delete(file);
        Files.createSymbolicLink(file, secret);

        assertThat(files.compare(seen, LATER).changed()).containsExactly("B.java");
        assertThat(files.glance("A.java", LATER)).isFalse();
        assertThat(files.effective("A.java")).isNull();
    }

    /** Nobody can open what is so deep, not even who may read everything. */
    @Test
    void a_directory_that_cannot_be_read_is_named_and_the_rest_is_found() throws IOException {
        var deep = root;
        while (deep.toString().length() < PATH_CHARS_MAX - 2 * NAME_CHARS) {
            deep = deep.resolve("d".repeat(NAME_CHARS));
        }
        Files.createDirectories(deep);
        var more = folder.resolve("more");
        Files.createDirectories(more.resolve("m".repeat(NAME_CHARS)).resolve("m".repeat(NAME_CHARS)));
        Files.move(more, deep.resolve("more"));
        try {
            var found = scan();

            assertThat(found.files().keySet()).containsExactly("A.java", "B.java");
            assertThat(found.faults())
                    .isNotEmpty()
                    .allMatch(fault -> fault.code().equals("unreadable"));
        } finally {
            Files.move(deep.resolve("more"), more);
        }
    }
}
