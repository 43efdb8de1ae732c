package dev.skein.router.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerImportsTest {
    private static final int MANY = 1 << 20;

    @TempDir
    private Path directory;

    private Path root;

    @BeforeEach
    void root() throws IOException {
        root = directory.toRealPath();
    }

    /** So many tasks, each made with a pattern of its own. */
    private void ledger(int tasks) throws IOException {
        var lines = new StringBuilder();
        for (int i = 0; i < tasks; i++) {
            lines.append("""
                    {"id":"rv-%04d","title":"Review directory: d","status":"open","priority":2,"issue_type":"task",\
                    "created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z",\
                    "metadata":{"path":"d","include":["x%d"]}}
                    """.formatted(i, i));
        }
        Files.createDirectories(root.resolve(".beads"));
        Files.writeString(root.resolve(".beads/issues.jsonl"), lines);
    }

    @Test
    void a_ledger_that_the_node_has_no_memory_for_is_refused_before_it_is_read() throws IOException {
        ledger(2);

        assertThat(LedgerImports.tasks(root, MANY)).hasSize(2);
        assertThatThrownBy(() -> LedgerImports.tasks(root, 100))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.TOO_LARGE))
                .hasMessageContaining("the memory of this node");
    }

    @Test
    void more_choices_of_patterns_than_a_directory_is_looked_through_for_are_refused() throws IOException {
        ledger(101);

        assertThatThrownBy(() -> LedgerImports.tasks(root, MANY))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("101 choices of patterns");
    }
}
