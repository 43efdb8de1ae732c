package dev.skein.pipeline.vpl.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.pipeline.event.EventError;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Statements and chains beyond the manual's programs. */
class StatementsTest {
    @Test
    void loops_count_over_ranges_with_and_without_their_end() throws Exception {
        try (var pipeline = TestPipeline.of(
                "fn sums(a: int, b: int):",
                "    var open = 0",
                "    for i in a..b:",
                "        open := open + i",
                "    var closed = 0",
                "    for i in a..=b:",
                "        if i == 3:",
                "            continue",
                "        if i > 4:",
                "            break",
                "        closed := closed + i",
                "    var plain = 0",
                "    for i in b:",
                "        plain := plain + 1",
                "    emit R(open: open, closed: closed, plain: plain)",
                "stream S = X .process(sums(a, b))")) {
            assertThat(pipeline.inject("X{a:1,b:4}")).containsExactly("S{open:6,closed:7,plain:4}");
            assertThat(pipeline.inject("X{a:1,b:9}")).containsExactly("S{open:36,closed:7,plain:9}");
            assertThat(pipeline.inject("X{a:5,b:4}")).containsExactly("S{open:0,closed:0,plain:4}");
            assertThat(pipeline.inject("X{a:9223372036854775807,b:-1}")).containsExactly("S{open:0,closed:0,plain:0}");
        }
    }

    @Test
    void a_closed_range_may_end_at_the_last_int() throws Exception {
        try (var pipeline = TestPipeline.of(
                "fn count(a: int, b: int) -> int:",
                "    var n = 0",
                "    for i in a..=b:",
                "        n := n + 1",
                "    return n",
                "stream S = X .emit(n: count(a, b))")) {
            assertThat(pipeline.inject("X{a:9223372036854775805,b:9223372036854775807}"))
                    .containsExactly("S{n:3}");
            assertThat(pipeline.errors("X{a:1}"))
                    .extracting(EventError::code, EventError::line)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("type_mismatch", 3));
        }
    }

    @Test
    void a_variable_may_hold_values_of_different_kinds() throws Exception {
        try (var pipeline = TestPipeline.of(
                "fn f(n: int):",
                "    var x = 1",
                "    if n > 1:",
                "        x := 2.5",
                "    if n > 2:",
                "        x := \"t\"",
                "    x",
                "stream S = X .emit(v: f(n))")) {
            assertThat(pipeline.inject("X{n:1}")).containsExactly("S{v:1}");
            assertThat(pipeline.inject("X{n:2}")).containsExactly("S{v:2.5}");
            assertThat(pipeline.inject("X{n:3}")).containsExactly("S{v:\"t\"}");
        }
    }

    @Test
    void declared_types_widen_ints_and_refuse_the_rest() throws Exception {
        try (var pipeline = TestPipeline.of(
                "fn f(a: any) -> float:",
                "    let x: float = a",
                "    var y: float = 1",
                "    y := y + 1",
                "    return x * y",
                "stream S = X .emit(v: f(a))")) {
            assertThat(pipeline.inject("X{a:2}")).containsExactly("S{v:4.0}");
            assertThat(pipeline.inject("X{}")).containsExactly("S{v:null}");
            assertThat(pipeline.errors("X{a:\"t\"}"))
                    .containsExactly(new EventError("type_mismatch", "expected float, got string", "S", 2));
        }
    }

    @Test
    void functions_call_each_other_and_a_function_without_a_result_gives_null() throws Exception {
        try (var pipeline = TestPipeline.of(
                "fn even(n: int) -> bool:",
                "    if n == 0:",
                "        return true",
                "    return odd(n - 1)",
                "fn odd(n: int) -> bool:",
                "    if n == 0:",
                "        return false",
                "    return even(n - 1)",
                "fn nothing(n: int):",
                "    let x = n",
                "stream S = X .where(even(n)) .emit(n: n, z: nothing(n))")) {
            assertThat(pipeline.inject("X{n:10}")).containsExactly("S{n:10,z:null}");
            assertThat(pipeline.inject("X{n:7}")).isEmpty();
        }
    }

    @Test
    void emits_of_called_functions_come_in_the_order_of_execution() throws Exception {
        try (var pipeline = TestPipeline.of(
                "fn inner(n: int):",
                "    emit P(inner: n)",
                "fn outer(n: int):",
                "    emit P(first: n)",
                "    inner(n + 1)",
                "    emit P(last: n)",
                "stream S = X .process(outer(n)) .where(first == 1 or inner > 1) .emit(f: first, i: inner)")) {
            assertThat(pipeline.inject("X{n:1}")).containsExactly("S{f:1,i:null}", "S{f:null,i:2}");
        }
    }

    @Test
    void a_chain_may_process_twice_and_send_on_the_way() throws Exception {
        var sent = new ConcurrentLinkedQueue<String>();
        try (var pipeline = TestPipeline.with(
                target -> event -> sent.add(target.topic() + " " + event),
                2,
                "let PREFIX = \"out\"",
                "connector C = cluster(topic: PREFIX)",
                "fn twice(n: int):",
                "    emit P(n: n)",
                "    emit P(n: n + 10)",
                "stream S = X .to(C) .process(twice(n)) .to(C, topic: \"mid\") .process(twice(n * 2)) .to(C)")) {
            assertThat(pipeline.inject("X{n:1}")).containsExactly("S{n:2}", "S{n:12}", "S{n:22}", "S{n:32}");
            assertThat(sent)
                    .containsExactlyInAnyOrder(
                            "out X{n:1}",
                            "mid P{n:1}",
                            "mid P{n:11}",
                            "out P{n:2}",
                            "out P{n:12}",
                            "out P{n:22}",
                            "out P{n:32}");
        }
    }

    @Test
    void emit_without_arguments_passes_all_fields() throws Exception {
        try (var pipeline = TestPipeline.of("stream S = X .emit()", "stream T = S .emit as U()")) {
            assertThat(pipeline.inject("X{b:1,a:\"t\"}")).containsExactly("S{b:1,a:\"t\"}", "U{b:1,a:\"t\"}");
        }
    }

    @Test
    void a_function_may_read_a_field_of_the_current_event() throws Exception {
        try (var pipeline = TestPipeline.of(
                "fn f() -> int:",
                "    return v * 2",
                "stream S = X .where(f() > 2) .emit(v: v + 100, w: f())",
                "stream T = S .emit(w: f())")) {
            assertThat(pipeline.inject("X{v:1}")).isEmpty();
            assertThat(pipeline.inject("X{v:2}")).containsExactly("S{v:102,w:4}", "T{w:204}");
        }
    }

    @Test
    void a_shape_never_seen_before_is_read_like_any_other() throws Exception {
        try (var pipeline = TestPipeline.of("stream S = X .emit(v: v)")) {
            for (int i = 0; i < 200; i++) {
                assertThat(pipeline.inject("X{f" + i + ":0,v:" + i + "}")).containsExactly("S{v:" + i + "}");
                assertThat(pipeline.inject("X{v:" + i + "}")).containsExactly("S{v:" + i + "}");
            }
        }
    }

    @Test
    void a_loop_that_only_emits_ends_with_an_error_and_the_pipeline_works_on() throws Exception {
        try (var pipeline = TestPipeline.with(
                3_000_000,
                "fn flood():",
                "    while true:",
                "        emit P(i: 1)",
                "stream S = X .process(flood())",
                "stream T = Y .emit(v: 1)")) {
            assertThat(pipeline.errors("X{}"))
                    .extracting(EventError::code)
                    .containsAnyOf("step_budget_exceeded", "too_many_outputs");
            assertThat(pipeline.inject("Y{}")).containsExactly("T{v:1}");
        }
    }

    @Test
    void a_long_text_is_a_constant_like_any_other() throws Exception {
        var text = "ü".repeat(60_000);
        try (var pipeline = TestPipeline.of("stream S = X .emit(v: \"" + text + "\")")) {
            assertThat(pipeline.run("X{}").outputs().get(0).get("v")).isEqualTo(text);
        }
    }

    @Test
    void a_failing_sink_is_an_error_of_its_stream() throws Exception {
        try (var pipeline = TestPipeline.with(
                target -> event -> {
                    throw new IllegalStateException("full");
                },
                1,
                "connector C = cluster(topic: \"t\")",
                "stream S = X .to(C) .emit(v: 1)")) {
            var outcome = pipeline.run("X{}");

            assertThat(TestPipeline.texts(outcome)).containsExactly("S{v:1}");
            assertThat(outcome.errors()).containsExactly(new EventError("sink_failed", "a sink refused: full", "S", 0));
        }
    }
}
