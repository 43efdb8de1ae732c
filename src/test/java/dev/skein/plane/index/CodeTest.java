package dev.skein.plane.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.index.query.Code;
import dev.skein.index.query.Code.Answer;
import dev.skein.index.query.Code.Certainty;
import dev.skein.index.query.Code.Place;
import dev.skein.index.query.Code.Question;
import dev.skein.index.query.Queries.Missing;
import dev.skein.index.workspace.Workspaces.Shard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions about code across the shards of two workers. */
class CodeTest {
    private static final String GOOSE = "src/main/java/a/Goose.java";
    private static final String POND = "src/test/java/a/Pond.java";

    private static final String GOOSE_TEXT = """
            package a;
            /** A bird. */
            public class Goose extends Bird {
                /** How far it flies. */
                int range = 3;
                /**
                 * Flies.
                 * @param far in miles
                 */
                @Override
                public int fly(int far) { return far + range; }
                static Goose hatch() { return new Goose(); }
            }
            abstract class Bird { abstract int fly(int far); }
            """;
    private static final String POND_TEXT = """
            package a;
            import java.util.List;
            class Pond {
                List<Goose> geese;
                int all() {
                    int sum = 0;
                    for (var goose : geese) { sum += goose.fly(1); }
                    geese.stream().map(each -> each.fly(2)).toList();
                    Bird bird = Goose.hatch();
                    nobody.knows(bird.fly(3));
                    return sum;
                }
                class Swan extends Goose { @Override public int fly(int far) { return 0; } }
            }
            """;

    @TempDir
    Path folder;

    private IndexNode node;
    private Path root;

    @BeforeEach
    void start() throws Exception {
        root = Files.createDirectories(folder.resolve("app")).toRealPath();
        write(GOOSE, GOOSE_TEXT);
        write(POND, POND_TEXT);
        node = new IndexNode(Files.createDirectories(folder.resolve("data"))).start();
        node.startSecondWorker();
        var added = node.add("app", root);
        assertThat(added.shards()).extracting(Shard::worker).containsExactlyInAnyOrder("worker-0", "worker-1");
        node.findUntil("app", "", IndexNode::isWhole);
    }

    @AfterEach
    void close() throws Exception {
        if (node != null) { // it may never have started
            node.close();
        }
    }

    private void write(String path, String text) throws Exception {
        var file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** About the {@code skip}-th place that a text has in a file, counted from 0. */
    private static Question about(String path, String text, String found, int skip) {
        int at = -1;
        for (int i = 0; i <= skip; i++) {
            at = text.indexOf(found, at + 1);
        }
        var before = text.substring(0, at);
        int line = (int) before.chars().filter(c -> c == '\n').count();
        return new Question("", "app", path, line, at - before.lastIndexOf('\n') - 1, 100);
    }

    private static List<String> places(List<Place> places) {
        return places.stream()
                .map(place -> "%s %s:%d"
                        .formatted(
                                place.certainty(),
                                place.path().substring(place.path().lastIndexOf('/') + 1),
                                place.at().line()))
                .toList();
    }

    private Answer definition(Question question) throws Exception {
        return node.ask(Code.DEFINITION, question);
    }

    @Test
    void a_method_of_another_shard_is_found_through_lists_loops_and_lambdas() throws Exception {
        for (int skip = 0; skip < 2; skip++) {
            var found = definition(about(POND, POND_TEXT, "fly(", skip));

            assertThat(found.certainty()).isEqualTo(Certainty.RESOLVED);
            assertThat(places(found.places())).containsExactly("RESOLVED Goose.java:10");
            assertThat(found.places().get(0).symbol().key()).isEqualTo("a.Goose#fly/1");
            assertThat(found.coverage().shardsAnswered()).isEqualTo(2);
            assertThat(found.coverage().shardsTotal()).isEqualTo(2);
            assertThat(found.coverage().stale()).isFalse();
        }
        assertThat(places(definition(about(POND, POND_TEXT, "fly(3", 0)).places()))
                .containsExactly("RESOLVED Goose.java:13");
    }

    @Test
    void what_nothing_declares_is_unresolved_and_says_why() throws Exception {
        var outside = definition(about(POND, POND_TEXT, "stream", 0));
        var unknown = definition(about(POND, POND_TEXT, "knows", 0));
        var blank = definition(new Question("", "app", POND, 900, 0, 10));

        assertThat(outside.certainty()).isEqualTo(Certainty.UNRESOLVED);
        assertThat(outside.reason()).isEqualTo("outside");
        assertThat(unknown.reason()).isEqualTo("receiver");
        assertThat(blank.reason()).isEqualTo("no_name");
        assertThat(definition(new Question("", "app", "none/A.java", 0, 0, 10)).reason())
                .isEqualTo("no_file");
    }

    @Test
    void a_hover_shows_the_head_and_the_documentation_as_they_are_written() throws Exception {
        var hover = node.ask(Code.HOVER, about(POND, POND_TEXT, "fly(", 0));
        var local = node.ask(Code.HOVER, about(POND, POND_TEXT, "goose.fly", 0));

        assertThat(hover.declaration()).isEqualTo("@Override\n    public int fly(int far)");
        assertThat(hover.documentation()).isEqualTo("Flies.\n@param far in miles");
        assertThat(local.declaration()).isEqualTo("Goose goose");
        assertThat(node.ask(Code.HOVER, about(GOOSE, GOOSE_TEXT, "range;", 0)).documentation())
                .isEqualTo("How far it flies.");
    }

    @Test
    void references_are_sure_where_the_method_is_and_possible_where_it_may_be() throws Exception {
        var found = node.ask(Code.REFERENCES, about(GOOSE, GOOSE_TEXT, "fly(", 0));
        var local = node.ask(Code.REFERENCES, about(POND, POND_TEXT, "sum", 0));
        var type = node.ask(Code.REFERENCES, about(GOOSE, GOOSE_TEXT, "Goose", 0));

        assertThat(places(found.places()))
                .containsExactly("RESOLVED Pond.java:6", "RESOLVED Pond.java:7", "POSSIBLE Pond.java:9");
        assertThat(found.places().get(0).line()).startsWith("for (var goose : geese)");
        assertThat(found.places().get(0).symbol().identifier()).isEqualTo("all");
        assertThat(places(local.places())).containsExactly("RESOLVED Pond.java:6", "RESOLVED Pond.java:10");
        assertThat(local.coverage().shardsTotal()).isEqualTo(1);
        assertThat(type.total()).isEqualTo(5);
    }

    @Test
    void a_search_for_references_ends_once_it_has_more_than_it_may_show() throws Exception {
        for (int i = 100; i < 200; i++) {
            write(
                    "src/main/java/a/Egg%d.java".formatted(i),
                    "package a; class Egg%d { int fly = new Goose().fly(%d); }\n".formatted(i, i));
        }
        node.findUntil("app", "Egg199", found -> !found.hits().isEmpty() && IndexNode.isWhole(found));
        var all = about(GOOSE, GOOSE_TEXT, "fly(", 0);
        var few = new Question("", "app", all.path(), all.line(), all.column(), 3);

        var found = node.ask(Code.REFERENCES, few);

        assertThat(places(found.places()))
                .containsExactly("RESOLVED Egg100.java:0", "RESOLVED Egg101.java:0", "RESOLVED Egg102.java:0");
        assertThat(found.total()).isBetween(4L, 60L);
        assertThat(node.ask(Code.REFERENCES, all).total()).isEqualTo(103);
    }

    @Test
    void types_below_and_above_and_overriding_methods_are_found_over_shards() throws Exception {
        var types = node.ask(Code.IMPLEMENTATIONS, about(GOOSE, GOOSE_TEXT, "Bird", 0));
        var methods = node.ask(Code.IMPLEMENTATIONS, about(GOOSE, GOOSE_TEXT, "fly", 1));
        var hierarchy = node.ask(Code.HIERARCHY, about(GOOSE, GOOSE_TEXT, "Goose", 0));

        assertThat(types.places())
                .extracting(place -> place.symbol().qualifiedName())
                .containsExactly("a.Goose", "a.Pond.Swan");
        assertThat(methods.places())
                .extracting(place -> place.symbol().key())
                .containsExactly("a.Goose#fly/1", "a.Pond.Swan#fly/1");
        assertThat(hierarchy.supertypes())
                .extracting(place -> place.symbol().qualifiedName())
                .containsExactly("a.Bird");
        assertThat(hierarchy.subtypes())
                .extracting(place -> place.symbol().qualifiedName())
                .containsExactly("a.Pond.Swan");
    }

    @Test
    void syntax_errors_are_shown_where_they_are() throws Exception {
        write(GOOSE, "package a;\nclass Goose { void fly( { } }\n");
        node.findUntil("app", "Bird", answer -> answer.total() == 0);

        var faults = node.ask(Code.DIAGNOSTICS, new Code.Check("app", GOOSE));

        assertThat(faults.faults()).isNotEmpty();
        assertThat(faults.faults().get(0).span().line()).isEqualTo(1);
        assertThat(node.ask(Code.DIAGNOSTICS, new Code.Check("app", POND)).faults())
                .isEmpty();
        assertThat(node.ask(Code.DIAGNOSTICS, new Code.Check("app", "none/A.java"))
                        .faults())
                .isEmpty();
    }

    @Test
    void without_one_worker_the_rest_answers_and_says_what_is_missing() throws Exception {
        node.stopSecondWorker();

        var main = node.ask(Code.DEFINITION, about(GOOSE, GOOSE_TEXT, "Bird", 0));
        var test = node.ask(Code.DEFINITION, about(POND, POND_TEXT, "Goose", 0));

        var missing = main.coverage().missing().isEmpty() ? test : main;
        assertThat(missing.coverage().missing()).extracting(Missing::code).containsOnly("unreachable");
        assertThat(main.coverage().shardsAnswered() + test.coverage().shardsAnswered())
                .isPositive();
    }

    @Test
    void a_restarted_worker_answers_from_the_texts_it_kept() throws Exception {
        node.stopWorker();
        node.startWorker();
        node.findUntil("app", "", IndexNode::isWhole);

        var found = definition(about(POND, POND_TEXT, "fly(", 0));

        assertThat(places(found.places())).containsExactly("RESOLVED Goose.java:10");
    }

    @Test
    void a_question_that_was_called_off_is_not_worked_on() throws Exception {
        var place = about(POND, POND_TEXT, "fly(", 0);
        var question = new Question("q-1", "app", POND, place.line(), place.column(), 10);

        node.bus.announce(Code.CALLED_OFF, new Code.CalledOff("q-1"));

        var answer = node.ask(Code.REFERENCES, question);
        for (int i = 0; i < 1_000 && answer.coverage().missing().isEmpty(); i++) { // until the worker has heard of it
            answer = node.ask(Code.REFERENCES, question);
        }
        assertThat(answer.certainty()).isEqualTo(Certainty.UNRESOLVED);
        assertThat(answer.reason()).isEqualTo("no_answer");
        assertThat(answer.coverage().missing()).extracting(Missing::code).contains("timeout");
    }
}
