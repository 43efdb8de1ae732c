package dev.skein.router.index.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.index.feed.Feeds.Fault;
import dev.skein.index.overlay.Overlay;
import dev.skein.index.overlay.TextStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootScanTest {
    private static final long LATER = 10_000_000_000_000L; // so that nothing was changed shortly before

    @TempDir
    Path root;

    @TempDir
    Path unsaved;

    private Overlay overlay;

    @BeforeEach
    void open() {
        overlay = new Overlay(new TextStore(unsaved, 1 << 20, 1 << 20), path -> 1);
    }

    private ShardFiles files() {
        return new ShardFiles(root, overlay, path -> true, new ManifestFile(unsaved, "w"));
    }

    private Path write(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private List<String> paths(String... sourceRoots) throws IOException {
        return List.copyOf(RootScan.of(root, List.of(sourceRoots), RootScan.FILES_MAX)
                .files()
                .keySet());
    }

    @Test
    void java_files_below_the_source_roots_are_found_once_however_the_roots_overlap() throws IOException {
        write("src/a/A.java", "");
        write("src/a/b/B.java", "");
        write("src/a/C.JAVA", "");
        write("other/D.java", "");

        assertThat(paths("src", "src/a", "gone")).containsExactly("src/a/A.java", "src/a/b/B.java");
        assertThat(paths("")).containsExactly("other/D.java", "src/a/A.java", "src/a/b/B.java");
    }

    @Test
    void links_hidden_directories_and_what_builds_put_out_are_passed_over() throws IOException {
        write("src/A.java", "");
        write(".git/B.java", "");
        write("pom.xml", "");
        write("target/C.java", "");
        write("src/target/D.java", "");
        Files.createSymbolicLink(root.resolve("src/loop"), root);
        Files.createSymbolicLink(root.resolve("src/Link.java"), root.resolve("src/A.java"));

        assertThat(paths("")).containsExactly("src/A.java", "src/target/D.java");
        assertThat(paths("src/loop/src")).isEmpty();
    }

    @Test
    void more_files_than_may_be_end_the_walk() throws IOException {
        for (int i = 0; i < 5; i++) {
            write("A" + i + ".java", "");
        }

        assertThat(RootScan.of(root, List.of(""), 3).full()).isTrue();
        assertThat(RootScan.of(root, List.of(""), 6).full()).isFalse();
    }

    private ShardFiles.Changes compare(ShardFiles files, long now) throws IOException {
        return files.compare(RootScan.of(root, List.of(""), RootScan.FILES_MAX).files(), now);
    }

    @Test
    void only_contents_count_as_changes() throws IOException {
        var file = write("A.java", "class A {}");
        var files = files();

        assertThat(compare(files, LATER).changed()).containsExactly("A.java");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        assertThat(compare(files, LATER).changed()).isEmpty();
        Files.writeString(file, "class B {}");
        assertThat(compare(files, LATER).changed()).containsExactly("A.java");
        Files.delete(file);
        assertThat(compare(files, LATER).removed()).containsExactly("A.java");
        assertThat(compare(files, LATER).removed()).isEmpty();
    }

    @Test
    void a_change_within_the_same_tick_is_seen_the_next_time() throws IOException {
        var file = write("A.java", "class A {}");
        var time = Files.getLastModifiedTime(file);
        var files = files();
        compare(files, time.toMillis());

        Files.writeString(file, "class B {}");
        Files.setLastModifiedTime(file, time);

        assertThat(compare(files, time.toMillis()).changed()).containsExactly("A.java");
    }

    @Test
    void a_file_that_grows_too_large_is_removed_and_named() throws IOException {
        var file = write("A.java", "class A {}");
        var files = files();
        compare(files, LATER);

        Files.write(file, new byte[9 << 20]);

        assertThat(compare(files, LATER).removed()).containsExactly("A.java");
        assertThat(files.faults()).containsExactly(new Fault("A.java", "too_large"));
        Files.writeString(file, "class A {}");
        assertThat(compare(files, LATER).changed()).containsExactly("A.java");
        assertThat(files.faults()).isEmpty();
    }

    @Test
    void a_later_life_reads_only_what_has_another_size_or_time() throws IOException {
        write("A.java", "class A {}");
        var changed = write("B.java", "class B {}");
        var files = files();
        compare(files, LATER);
        files.save();
        var times = Files.getLastModifiedTime(root.resolve("A.java"));
        Files.writeString(root.resolve("A.java"), "class X {}"); // as long as before
        Files.setLastModifiedTime(root.resolve("A.java"), times);
        Files.writeString(changed, "class Changed {}");

        var later = files();
        later.load();

        assertThat(compare(later, LATER).changed()).containsExactly("B.java");
    }

    @Test
    void what_was_replaced_with_its_size_and_time_while_nobody_looked_is_seen_by_the_second_comparison()
            throws IOException {
        var file = write("A.java", "class A {}");
        write("B.java", "class B {}");
        var time = Files.getLastModifiedTime(file);
        var files = files();
        compare(files, LATER);
        files.save();
        Files.writeString(file, "class X {}");
        Files.setLastModifiedTime(file, time);
        var later = files();
        later.load();
        compare(later, LATER);

        assertThat(compare(later, LATER).changed()).containsExactly("A.java");
        assertThat(compare(later, LATER).changed()).isEmpty();
    }

    @Test
    void what_was_changed_shortly_before_is_read_again_by_a_later_life() throws IOException {
        var file = write("A.java", "class A {}");
        var time = Files.getLastModifiedTime(file);
        var files = files();
        compare(files, time.toMillis());
        files.save();
        Files.writeString(file, "class B {}");
        Files.setLastModifiedTime(file, time);

        var later = files();
        later.load();

        assertThat(compare(later, LATER).changed()).containsExactly("A.java");
    }

    @Test
    void a_damaged_manifest_is_as_good_as_none_and_one_of_another_shard_too() throws IOException {
        write("A.java", "class A {}");
        var files = files();
        compare(files, LATER);
        files.save();
        assertThat(new ManifestFile(unsaved, "w").load()).hasSize(1);

        assertThat(new ManifestFile(unsaved, "other").load()).isEmpty();
        try (var all = Files.list(unsaved)) {
            var kept = all.filter(path -> path.toString().endsWith(".manifest")).findFirst();
            var bytes = Files.readAllBytes(kept.orElseThrow());
            bytes[bytes.length - 1]++;
            Files.write(kept.orElseThrow(), bytes);
        }
        assertThat(new ManifestFile(unsaved, "w").load()).isEmpty();
    }
}
