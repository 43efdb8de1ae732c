package dev.skein.worker.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.index.cache.ShardCache;
import dev.skein.index.feed.Feeds.Begin;
import dev.skein.index.feed.Feeds.Item;
import dev.skein.index.feed.Feeds.Page;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.scan.JavaExtractor;
import dev.skein.index.search.SymbolQuery;
import dev.skein.index.source.ContentHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest {
    private static final Ref SHARD = new Ref("w", "src", 3);

    @TempDir
    Path folder;

    private Path workspace;
    private Replica replica;

    @BeforeEach
    void shard() throws IOException {
        workspace = Files.createDirectories(folder.resolve("workspace"));
        Files.createDirectories(workspace.resolve("src"));
        var directory = workspace.resolve("src").toString();
        replica = new Replica("src", new Holdings(directory, new ShardCache(folder.resolve("cache"))));
        replica.begin(new Begin(SHARD, "router@1", 1, directory, null));
    }

    private List<String> lacking(Item... items) {
        var page = new Page(SHARD, "router@1", 5, List.of(items), List.of());
        return replica.read(page, replica.page(page), new JavaExtractor()).paths();
    }

    private static Item item(String path, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Item(path, bytes.length, 5, ContentHash.of(bytes));
    }

    private List<String> found() {
        return replica.symbols().search(SymbolQuery.of("", 100), () -> false).hits().stream()
                .map(hit -> hit.path() + "#" + hit.symbol().identifier())
                .toList();
    }

    @Test
    void what_lies_here_with_the_content_that_is_meant_is_read_here() throws IOException {
        Files.writeString(workspace.resolve("src/A.java"), "class A {}");

        assertThat(lacking(item("src/A.java", "class A {}"))).isEmpty();
        assertThat(found()).containsExactly("src/A.java#A");
    }

    @Test
    void what_is_otherwise_here_or_absent_or_a_link_is_asked_for() throws IOException {
        Files.writeString(workspace.resolve("src/A.java"), "class B {}");
        Files.writeString(folder.resolve("C.java"), "class C {}");
        Files.createSymbolicLink(workspace.resolve("src/C.java"), folder.resolve("C.java"));
        Files.createDirectories(workspace.resolve("src/D.java"));

        assertThat(lacking(
                        item("src/A.java", "class A {}"),
                        item("src/C.java", "class C {}"),
                        item("src/D.java", "class D {}"),
                        item("src/E.java", "class E {}")))
                .containsExactly("src/A.java", "src/C.java", "src/D.java", "src/E.java");
        assertThat(found()).isEmpty();
    }
}
