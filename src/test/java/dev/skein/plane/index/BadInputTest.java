package dev.skein.plane.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.index.feed.Feeds.Fault;
import dev.skein.index.overlay.Documents;
import dev.skein.index.overlay.Documents.Done;
import dev.skein.index.query.Code;
import dev.skein.index.query.Code.Certainty;
import dev.skein.index.query.Code.Question;
import dev.skein.index.query.Queries;
import dev.skein.index.query.Queries.Outline;
import dev.skein.index.query.Queries.ShardStatus;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever lies in a directory, or on disk from before, the rest of a workspace is found. */
class BadInputTest {
    private static final String GOOSE = "src/main/java/a/Goose.java";
    private static final String GOOSE_TEXT = "package a; class Goose { int wing; int flap() { return wing; } }";

    @TempDir
    Path folder;

    private IndexNode node;
    private Path root;

    @BeforeEach
    void start() throws Exception {
        root = Files.createDirectories(folder.resolve("app")).toRealPath();
        write(GOOSE, GOOSE_TEXT.getBytes(StandardCharsets.UTF_8));
        node = new IndexNode(Files.createDirectories(folder.resolve("data"))).start();
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private void write(String path, byte[] content) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private void write(String name, String text) throws IOException {
        write("src/main/java/a/" + name + ".java", text.getBytes(StandardCharsets.UTF_8));
    }

    private void index() throws Exception {
        node.add("app", root);
        node.findUntil("app", "", IndexNode::isWhole);
    }

    private List<String> found(String query) throws Exception {
        return node.find("app", query).hits().stream()
                .map(hit -> hit.symbol().qualifiedName())
                .toList();
    }

    @Test
    void every_file_that_can_be_read_is_found_beside_those_that_cannot() throws Exception {
        write("src/main/java/a/Latin.java", "class Gänsefüßchen {}".getBytes(StandardCharsets.ISO_8859_1));
        write("src/main/java/a/Wide.java", "class Weitläufig {}".getBytes(StandardCharsets.UTF_16));
        write("src/main/java/a/Binary.java", new byte[] {(byte) 0xCA, (byte) 0xFE, 0, 0, 0, 1, 0, 0, 7});
        try (var huge =
                new RandomAccessFile(root.resolve("src/main/java/a/Huge.java").toFile(), "rw")) {
            huge.setLength(50 << 20);
        }
        write("Column", "class Column { String s = \"" + "x".repeat(1_000_000) + "\"; int behind; }");
        write("Deep", "class Deep { int a = " + "(".repeat(10_000) + "1" + ")".repeat(10_000) + "; int below; }");
        write("Nested", "class Nested { int above; " + "class A {".repeat(100_000));
        write("Broken", "class Broken { void m( { int kept; ");
        Files.createSymbolicLink(root.resolve("src/main/java/a/loop"), root.resolve("src"));

        index();

        assertThat(found("Gänse")).containsExactly("Gänsefüßchen");
        assertThat(found("Weit")).containsExactly("Weitläufig");
        assertThat(found("Column.behind")).containsExactly("Column.behind");
        assertThat(found("Deep.below")).containsExactly("Deep.below");
        assertThat(found("Nested.above")).containsExactly("Nested.above");
        assertThat(found("Broken")).containsExactly("Broken");
        assertThat(found("Goose.")).containsExactly("a.Goose.flap", "a.Goose.wing");
        var shards = node.shards("app"); // two, since so large a file is split off
        assertThat(shards.stream().flatMap(shard -> shard.faults().stream()))
                .containsExactlyInAnyOrder(
                        new Fault("src/main/java/a/Binary.java", "binary"),
                        new Fault("src/main/java/a/Huge.java", "too_large"),
                        new Fault("src/main/java/a/Nested.java", "too_deep"));
        assertThat(shards.stream().mapToInt(ShardStatus::files).sum()).isEqualTo(8);
    }

    /** What a parser does with these must not cost others their answers. */
    @Test
    void questions_about_very_long_and_very_deep_code_are_answered() throws Exception {
        write("Column", "class Column { String s = \"" + "x".repeat(1_000_000) + "\"; int behind = s.length(); }");
        write("Deep", "class Deep { int a = " + "(".repeat(10_000) + "1" + ")".repeat(10_000) + "; int b = a; }");
        write("Nested", "class Nested { int above; " + "class A {".repeat(100_000));
        write("Halfway", "class Halfway { " + "class A {".repeat(5_000) + "}".repeat(5_001));
        index();

        for (var name : List.of("Column", "Deep", "Nested", "Halfway")) {
            var path = "src/main/java/a/" + name + ".java";
            var faults = node.ask(Code.DIAGNOSTICS, new Code.Check("app", path));
            var meant = node.ask(Code.DEFINITION, new Question("", "app", path, 0, 6, 10));

            assertThat(faults.coverage().missing()).as(name).isEmpty();
            assertThat(meant.coverage().missing()).as(name).isEmpty();
            assertThat(node.ask(Queries.OUTLINE, new Outline("app", path)).hits())
                    .as(name)
                    .isNotEmpty()
                    .hasSizeLessThan(300);
        }
        var references = node.ask(Code.REFERENCES, new Question("", "app", GOOSE, 0, 29, 10));
        assertThat(references.certainty()).isEqualTo(Certainty.RESOLVED);
        assertThat(references.places()).hasSize(1);
        assertThat(references.coverage().missing()).isEmpty();
    }

    @Test
    void what_is_damaged_on_disk_is_made_anew() throws Exception {
        index();
        node.stopRouter();
        node.stopWorker();
        try (var kept = Files.walk(folder.resolve("data"))) {
            for (var file : kept.filter(BadInputTest::isOfIndex).toList()) {
                Files.write(
                        file, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21});
            }
        }

        node.startWorker();
        node.startRouter();

        node.findUntil("app", "", IndexNode::isWhole);
        assertThat(found("Goose.")).containsExactly("a.Goose.flap", "a.Goose.wing");
        var meant = node.ask(Code.DEFINITION, new Question("", "app", GOOSE, 0, GOOSE_TEXT.lastIndexOf("wing"), 10));
        assertThat(meant.certainty()).isEqualTo(Certainty.RESOLVED);
    }

    private static boolean isOfIndex(Path file) {
        return Stream.of(".symbols", ".texts", ".manifest", "router-epoch")
                .anyMatch(end -> file.getFileName().toString().endsWith(end));
    }

    @Test
    void closing_moving_and_looking_at_what_is_not_there_changes_nothing() throws Exception {
        index();
        var gone = "src/main/java/a/Gone.java";

        var closed = node.ask(Documents.CLOSE, new Documents.Close("app", gone, "s"));
        var moved = node.ask(Documents.MOVE, new Documents.Move("app", gone, GOOSE, "s"));
        var looked = node.ask(Documents.LOOK, new Documents.Look("app", List.of(gone)));

        assertThat(List.of(closed, moved, looked)).extracting(Done::changed).containsOnly(false);
        assertThat(found("Goose.")).containsExactly("a.Goose.flap", "a.Goose.wing");
    }
}
