package dev.skein.worker.review;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.cluster.Membership;
import dev.skein.plane.index.IndexNode;
import dev.skein.review.SourceFile;
import dev.skein.review.run.ReviewParts.TaskOrder;
import dev.skein.review.scope.Unit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeNotesTest {
    private static final String PUMP = """
            package a;
            public class Pump {
                private final Valve valve = new Valve();
                public int fill(String tank) {
                    return valve.open(tank.length());
                }
            }
            """;
    private static final String VALVE = """
            package a;
            class Valve {
                int open(int litres) { return litres; }
            }
            """;
    private static final String PLANT = """
            package a;
            class Plant {
                void morning() { new Pump().fill("north"); }
            }
            """;

    @TempDir
    Path folder;

    private IndexNode node;
    private Path root;

    @BeforeEach
    void start() throws Exception {
        root = Files.createDirectories(folder.resolve("app")).toRealPath();
        var code = Files.createDirectories(root.resolve("src/main/java/a"));
        Files.writeString(code.resolve("Pump.java"), PUMP);
        Files.writeString(code.resolve("Valve.java"), VALVE);
        Files.writeString(code.resolve("Plant.java"), PLANT);
        node = new IndexNode(Files.createDirectories(folder.resolve("data"))).start();
        node.add("app", root);
        node.findUntil("app", "", IndexNode::isWhole);
    }

    @AfterEach
    void close() throws Exception {
        if (node != null) { // it may never have started
            node.close();
        }
    }

    private Map<String, String> notes(Path reviewed, String path, String text) throws Exception {
        var file = new SourceFile(path, "java", text, "", (int) text.lines().count());
        return new CodeNotes(node.bus, Membership.alone(node.bus.here()), InstantSource.system())
                .of(order(reviewed, node.bus.here().node()), List.of(file))
                .await(60, SECONDS);
    }

    private static TaskOrder order(Path root, String at) {
        var unit = new Unit("u", ".", 1, 1, 2, List.of());
        return new TaskOrder("run-1", "t", root.toString(), at, "ollama", "", unit);
    }

    @Test
    void who_calls_a_method_and_what_it_calls_elsewhere_is_told() throws Exception {
        var note = notes(root.resolve("src/main"), "java/a/Pump.java", PUMP).get("java/a/Pump.java");

        assertThat(note)
                .contains("fill(String) is used by a.Plant.morning")
                .contains("new Pump().fill(\"north\")")
                .contains("open() is open(int) int of a.Valve (src/main/java/a/Valve.java, line 3)");
    }

    @Test
    void of_a_file_that_the_index_has_otherwise_or_not_at_all_nothing_wrong_is_told() throws Exception {
        var moved = notes(root, "src/main/java/a/Pump.java", "// a line\n".repeat(40) + PUMP);

        assertThat(moved).isEmpty();
        assertThat(notes(folder.resolve("elsewhere"), "Pump.java", PUMP)).isEmpty();
        var elsewhere = new CodeNotes(node.bus, Membership.alone(node.bus.here()), InstantSource.system())
                .of(
                        order(root, "another-node"),
                        List.of(new SourceFile("src/main/java/a/Pump.java", "java", PUMP, "", 7)))
                .await(60, SECONDS);
        assertThat(elsewhere).isEmpty();
    }
}
