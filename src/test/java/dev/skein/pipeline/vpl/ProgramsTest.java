package dev.skein.pipeline.vpl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.pipeline.vpl.resolved.CheckedStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs of the language's definition, as the checker sees them. */
class ProgramsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "mandelbrot"
            })
    void a_program_of_the_first_tier_has_no_faults(String name) {
        var checked = Vpl.check(program(name), Set.of());

        assertThat(checked.diagnostics()).isEmpty();
        assertThat(checked.valid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "15", "16", "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31"
            })
    void a_program_of_the_second_tier_is_refused_as_not_implemented_and_for_nothing_else(String name) {
        var checked = Vpl.check(program(name), Set.of());

        assertThat(checked.valid()).isFalse();
        assertThat(checked.diagnostics()).extracting(Diagnostic::code).containsOnly("E090");
    }

    @Test
    void a_compile_time_loop_is_the_same_as_its_copies() {
        var loop = program("mandelbrot");
        var head = loop.substring(0, loop.indexOf("for c in"));
        var body =
                loop.substring(loop.indexOf("    context t0")).stripTrailing().stripIndent() + "\n";
        var copies = new StringBuilder(head);
        for (int c = 0; c < 4; c++) {
            copies.append(body.replace("{c}", Integer.toString(c)));
        }

        var written = check(copies.toString());

        assertThat(names(written)).containsExactly("Tile00", "Tile01", "Tile02", "Tile03");
        assertThat(names(check(loop))).isEqualTo(names(written));
        assertThat(check(loop).contexts().keySet()).isEqualTo(written.contexts().keySet());
    }

    @Test
    void an_event_reaches_its_readers_in_declaration_order() {
        var program = check(program("13"));
        var first = program.streams().get(0);

        assertThat(names(program.routing().injected("X"))).containsExactly("A");
        assertThat(names(program.routing().injected("Alert"))).containsExactly("C");
        assertThat(names(program.routing().produced(first))).containsExactly("B", "C");
    }

    @Test
    void a_stream_of_its_source_s_name_stands_before_the_other_readers() {
        var program = check("stream B = Trades\nstream Trades = Trades .where(v > 1)\nstream C = Trades");

        assertThat(names(program.routing().injected("Trades"))).containsExactly("Trades");
        assertThat(names(program.routing().produced(program.streams().get(1)))).containsExactly("B", "C");
    }

    @Test
    void initialisers_come_after_those_they_need_also_through_functions() {
        var program = check("let a = f()\nfn f() -> int:\n    return b\nlet b = c + 1\nlet c = 1");

        assertThat(program.initialisers()).extracting(let -> let.name()).containsExactly("c", "b", "a");
    }

    @Test
    void what_a_function_does_is_known_through_its_calls() {
        var program = check("fn f():\n    g()\nfn g():\n    emit P(a: v)\nfn h(v: int):\n    v");

        assertThat(program.functions().get("f")).matches(f -> f.emits() && f.readsEvent());
        assertThat(program.functions().get("h")).matches(f -> !f.emits() && !f.readsEvent());
    }

    @Test
    void faults_that_do_not_depend_on_each_other_are_all_reported() {
        var source = """
                fn f(a: ) -> int:
                    return 1 +
                stream A = X .emit(v: ) .wher(a) .to(M)
                fn g() -> int:
                    let y = )
                    y := 5
                    return nope(1)
                event E:
                    a int
                    b: itn
                stream B = Y .where(f(1))
                """;

        assertThat(Vpl.check(source, Set.of()).diagnostics())
                .extracting(d -> d.line() + ":" + d.column() + " " + d.code())
                .containsExactly(
                        "1:9 E000",
                        "2:15 E000",
                        "3:23 E000",
                        "3:26 E000",
                        "3:38 E030",
                        "5:13 E000",
                        "7:12 E050",
                        "9:7 E000",
                        "10:8 E062");
    }

    @Test
    void a_fault_in_a_compile_time_loop_is_reported_once_where_it_was_written() {
        var checked = Vpl.check("for i in 0..3:\n    stream S{i} = E{i} .where(nope{i}(1))", Set.of());

        assertThat(checked.diagnostics())
                .extracting(Diagnostic::line, Diagnostic::column, Diagnostic::code)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(2, 31, "E050"));
    }

    @Test
    void loops_nest_reach_into_strings_and_leave_other_braces_alone() {
        var program = check("""
                for i in -1..=0:
                    for j in 0..2:
                        stream S{j} = E .emit(a: "{i}/{j}{k}", b: {i} * 1)
                    for k in 5..5:
                        stream Never{k} = E
                """.replace("stream S{j}", "stream S{j}x").replace("-1..=0", "1..=1"));

        assertThat(names(program)).containsExactly("S0x", "S1x");
        assertThat(program.source().toString()).contains("1/0{k}", "1/1{k}");
    }

    @Test
    void keywords_are_names_where_the_grammar_expects_a_name() {
        var source = """
                stream stream = event .where(type > 1 and context == 2) .emit(from: to, on: all, as: first, emit: emit)
                fn last(let: int, emit: int) -> int:
                    var count = let
                    count := emit
                    return count
                """;

        assertThat(Vpl.check(source, Set.of()).diagnostics()).isEmpty();
    }

    @Test
    void cluster_connectors_need_no_declaration() {
        var source = "stream A = X .to(Orders, topic: \"o\")";

        assertThat(Vpl.check(source, Set.of("Orders")).valid()).isTrue();
        assertThat(Vpl.check(source, Set.of()).valid()).isFalse();
    }

    private static CheckedProgram check(String source) {
        var checked = Vpl.check(source, Set.of());
        return Objects.requireNonNull(
                checked.program(), () -> checked.diagnostics().toString());
    }

    private static List<String> names(CheckedProgram program) {
        return names(program.streams());
    }

    private static List<String> names(List<CheckedStream> streams) {
        return streams.stream().map(CheckedStream::name).toList();
    }

    private static String program(String name) {
        try {
            return Files.readString(Path.of("src/test/resources/vpl", name + ".vpl"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
