package dev.skein.pipeline.vpl.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.pipeline.event.EventError;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** The programs 01 to 14 of the language's manual, with their exact outputs. */
class MiniProgramsTest {
    @Test
    void program_01_emits_a_constant() throws Exception {
        try (var pipeline = TestPipeline.of("stream A = X .emit(v: 1)")) {
            assertThat(pipeline.inject("X{}")).containsExactly("A{v:1}");
            assertThat(pipeline.inject("Y{}")).isEmpty();
        }
    }

    @Test
    void program_02_filters_and_computes() throws Exception {
        try (var pipeline = TestPipeline.of(
                "stream A = X .where(price >= 10 and sym != \"Z\") .emit(sym: sym, twice: price * 2)     # 02 T1")) {
            assertThat(pipeline.inject("X{price:10.5,sym:\"Q\"}")).containsExactly("A{sym:\"Q\",twice:21.0}");
            assertThat(pipeline.inject("X{price:10,sym:\"Q\"}")).containsExactly("A{sym:\"Q\",twice:20}");
            assertThat(pipeline.inject("X{price:10,sym:\"Z\"}")).isEmpty();
            assertThat(pipeline.inject("X{sym:\"Q\"}")).isEmpty();
        }
    }

    @Test
    void program_03_accepts_a_stream_without_operators() throws Exception {
        try (var pipeline = TestPipeline.of("stream A = X")) {
            assertThat(pipeline.inject("X{v:1}")).isEmpty();
        }
    }

    @Test
    void program_04_feeds_one_stream_from_another() throws Exception {
        try (var pipeline = TestPipeline.of("stream A = X", "stream B = A .where(v > 1) .emit(v: v)")) {
            assertThat(pipeline.inject("X{v:1}")).isEmpty();
            assertThat(pipeline.inject("X{v:2}")).containsExactly("B{v:2}");
        }
    }

    @Test
    void program_05_reads_identifiers_that_contain_keywords() throws Exception {
        try (var pipeline = TestPipeline.of("stream allTrades = allEvents .where(notional > 5 and true_count == 1)"
                + " .emit(in_price: in_price, order: order)")) {
            assertThat(pipeline.inject("allEvents{notional:6,true_count:1,in_price:2,order:3}"))
                    .containsExactly("allTrades{in_price:2,order:3}");
        }
    }

    @Test
    void program_06_makes_texts() throws Exception {
        try (var pipeline =
                TestPipeline.of("stream A = X .emit(s: if v > 1 then \"hot\" else \"cold\", t: \"v=\" + to_string(v),"
                        + " u: \"http://h/#x\")   // 06 T1")) {
            assertThat(pipeline.inject("X{v:2}")).containsExactly("A{s:\"hot\",t:\"v=2\",u:\"http://h/#x\"}");
            assertThat(pipeline.inject("X{v:1.0}")).containsExactly("A{s:\"cold\",t:\"v=1.0\",u:\"http://h/#x\"}");
        }
    }

    @Test
    void program_07_gives_null_for_what_is_missing_and_an_error_for_an_overflow() throws Exception {
        try (var pipeline = TestPipeline.of("stream A = X .emit(a: a, b: b + 1, q: n / m)")) {
            assertThat(pipeline.inject("X{n:-7,m:2}")).containsExactly("A{a:null,b:null,q:-3}");
            assertThat(pipeline.inject("X{a:1,b:2,n:1,m:0}")).containsExactly("A{a:1,b:3,q:null}");
            assertThat(pipeline.errors("X{b:9223372036854775807,n:1,m:1}"))
                    .containsExactly(new EventError("overflow", "int overflow", "A", 1));
        }
    }

    @Test
    void program_08_widens_an_int_argument() throws Exception {
        try (var pipeline =
                TestPipeline.of("fn f(a: float) -> float:", "    return a * 2.0", "stream A = X .emit(y: f(v))")) {
            assertThat(pipeline.inject("X{v:3}")).containsExactly("A{y:6.0}");
        }
    }

    @Test
    void program_09_emits_in_order_whatever_the_number() throws Exception {
        try (var pipeline = TestPipeline.of(
                "fn g(n: int):",
                "    for i in 0..n:",
                "        emit P(i: i, odd: i % 2 == 1)",
                "stream A = Go .process(g(n))")) {
            var expected = new ArrayList<String>();
            for (int i = 0; i < 5000; i++) {
                expected.add("A{i:" + i + ",odd:" + (i % 2 == 1) + "}");
            }

            assertThat(pipeline.inject("Go{n:3}")).isEqualTo(expected.subList(0, 3));
            assertThat(pipeline.inject("Go{n:0}")).isEmpty();
            assertThat(pipeline.inject("Go{n:5000}")).isEqualTo(expected);
        }
    }

    @Test
    void program_10_ends_an_endless_loop_by_its_budget_and_works_on() throws Exception {
        try (var pipeline = TestPipeline.of(
                "fn h(n: int) -> int:",
                "    var i = 0",
                "    var s = 0",
                "    while i < n:",
                "        i := i + 1",
                "        if i % 2 == 0:",
                "            continue",
                "        elif i > 100000:",
                "            break",
                "        else:",
                "            s := s + i",
                "    return s",
                "stream A = X .emit(s: h(n))",
                "fn spin() -> int:",
                "    while true:",
                "        let x = 1",
                "    return 0",
                "stream B = Y .emit(v: spin())")) {
            assertThat(pipeline.inject("X{n:20000}")).containsExactly("A{s:100000000}");
            assertThat(pipeline.inject("X{n:0}")).containsExactly("A{s:0}");
            assertThat(pipeline.errors("Y{}"))
                    .containsExactly(new EventError(
                            "step_budget_exceeded",
                            "more than 2000000 steps for one event, in fn spin, line 15",
                            "B",
                            15));
            assertThat(pipeline.inject("X{n:20000}")).containsExactly("A{s:100000000}");
        }
    }

    @Test
    void program_11_sees_top_level_values_everywhere() throws Exception {
        try (var pipeline = TestPipeline.of(
                "let TAG = \"a\"",
                "fn over(v: float) -> bool:",
                "    return v > LIMIT",
                "stream A = X .where(over(v) and tag == TAG) .emit(v: v, limit: LIMIT)",
                "const LIMIT = 10")) {
            assertThat(pipeline.inject("X{v:10.5,tag:\"a\"}")).containsExactly("A{v:10.5,limit:10}");
            assertThat(pipeline.inject("X{v:10.5,tag:\"c\"}")).isEmpty();
            assertThat(pipeline.inject("X{v:11,tag:\"a\",LIMIT:99}")).containsExactly("A{v:11,limit:10}");
        }
    }

    @Test
    void program_12_runs_streams_in_contexts_of_their_own() throws Exception {
        try (var pipeline = TestPipeline.of(
                "for r in 0..2:",
                "    context t{r}",
                "    stream T{r} = E{r} .context(t{r}) .process(g({r} + 1))",
                "fn g(n: int):",
                "    for i in 0..n:",
                "        emit P(n: n, i: i)")) {
            assertThat(pipeline.inject("E0{}")).containsExactly("T0{n:1,i:0}");
            assertThat(pipeline.inject("E1{}")).containsExactly("T1{n:2,i:0}", "T1{n:2,i:1}");
            assertThat(pipeline.inject("E2{}")).isEmpty();
        }
    }

    @Test
    void program_13_offers_a_renamed_product_to_readers_of_both_names() throws Exception {
        try (var pipeline = TestPipeline.of(
                "stream A = X .where(v > 5) .emit as Alert(v: v)",
                "stream B = A .emit(from_a: v)",
                "stream C = Alert .emit(from_alert: v)")) {
            assertThat(pipeline.inject("X{v:6}")).containsExactly("Alert{v:6}", "B{from_a:6}", "C{from_alert:6}");
            assertThat(pipeline.inject("Alert{v:1}")).containsExactly("C{from_alert:1}");
        }
    }

    @Test
    void program_14_makes_events_fit_their_declaration() throws Exception {
        try (var pipeline = TestPipeline.of(
                "event Base:",
                "    id: int",
                "event X extends Base:",
                "    v: float",
                "    s: str?",
                "stream A = X .emit(id: id, v: v, s: s, z: z)")) {
            assertThat(pipeline.inject("X{id:7,v:2}")).containsExactly("A{id:7,v:2.0,s:null,z:null}");
            assertThat(pipeline.instance().counters().typeErrors()).isZero();
            assertThat(pipeline.inject("X{id:7,v:\"q\",s:\"t\",z:1}")).containsExactly("A{id:7,v:null,s:\"t\",z:1}");
            assertThat(pipeline.instance().counters().typeErrors()).isEqualTo(1);
        }
    }
}
