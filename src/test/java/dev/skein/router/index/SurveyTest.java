package dev.skein.router.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.index.IndexConfig;
import dev.skein.index.workspace.Workspaces.Create;
import dev.skein.index.workspace.Workspaces.Extent;
import dev.skein.index.workspace.Workspaces.Register;
import dev.skein.pipeline.Workers.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurveyTest {
    private static final IndexConfig SMALL = new IndexConfig(
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            64 << 10,
            256 << 10,
            1 << 20,
            1 << 20,
            Duration.ofMinutes(5),
            true,
            Duration.ofHours(1));

    @TempDir
    Path root;

    private void write(String path, int bytes) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "x".repeat(bytes));
    }

    private Register survey(String... sourceRoots) throws IOException {
        var create = new Create("app", root.toString(), List.of(sourceRoots), new Caller("ann", "admin", "r"));
        return Survey.of(create, "node", SMALL);
    }

    @Test
    void a_large_source_root_is_split_and_what_is_between_its_parts_is_no_shard() throws IOException {
        write("src/main/java/a/b/B.java", 50_000);
        write("src/main/java/a/c/C.java", 50_000);
        write("src/test/java/T.java", 10);

        assertThat(survey().shards())
                .contains(new Extent("src/main/java", 0, 0), new Extent("src/test/java", 1, 10))
                .allMatch(extent -> extent.files() > 0 || extent.root().equals("src/main/java"));
        assertThat(survey().shards().stream().mapToLong(Extent::bytes).sum()).isEqualTo(100_010);
    }

    @Test
    void a_link_leads_nowhere() throws IOException {
        var other = Files.createDirectories(root.resolve("other"));
        Files.writeString(other.resolve("A.java"), "class A {}");
        Files.createSymbolicLink(root.resolve("link"), other);

        assertThatThrownBy(() -> survey("link"))
                .hasMessageContaining("there is no Java file below root's source roots");
        assertThat(survey("other").shards()).containsExactly(new Extent("other", 1, 10));
    }
}
