package dev.skein.pipeline.vpl.run;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventError;
import dev.skein.pipeline.event.Outcome;
import dev.skein.pipeline.vpl.sink.Sink;
import dev.skein.pipeline.vpl.sink.SinkTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PipelineInstanceTest {
    private static final String[] COUNT = {
        "fn count(n: int):", "    for i in 0..n:", "        emit P(i: i)",
    };

    @Test
    void a_million_outputs_of_one_event_all_arrive() throws Exception {
        try (var pipeline = TestPipeline.of(lines(COUNT, "stream A = X .process(count(n))"))) {
            var outputs = pipeline.run("X{n:1000000}").outputs();

            assertThat(outputs).hasSize(1_000_000);
            assertThat(IntStream.range(0, 1_000_000)
                            .allMatch(i -> outputs.get(i).get("i").equals((long) i)))
                    .isTrue();
        }
    }

    @Test
    void closing_interrupts_an_endless_loop_and_answers_what_waits() throws Exception {
        var started = new CountDownLatch(1);
        try (var pipeline = TestPipeline.with(
                target -> event -> started.countDown(),
                2,
                "connector C = cluster(topic: \"t\")",
                "stream S = X .to(C, topic: \"t\")",
                "fn spin() -> int:",
                "    while true:",
                "        let x = 1",
                "stream A = X .emit(v: spin())")) {
            var running = pipeline.submit(TestPipeline.event("X{}"));
            var waiting = pipeline.submit(TestPipeline.event("X{}"));
            assertThat(started.await(10, SECONDS)).isTrue();

            pipeline.instance()
                    .close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(10, SECONDS);

            assertThat(running.get(1, SECONDS).errors())
                    .extracting(EventError::code)
                    .containsExactly("pipeline_stopped");
            assertThat(waiting.get(1, SECONDS).errors())
                    .extracting(EventError::code)
                    .containsExactly("pipeline_stopped");
            assertThat(pipeline.errors("X{}")).extracting(EventError::code).containsExactly("pipeline_stopped");
        }
    }

    @Test
    void an_error_discards_what_its_stream_made_and_nothing_else() throws Exception {
        var sent = new ConcurrentLinkedQueue<String>();
        try (var pipeline = TestPipeline.with(
                target -> event -> sent.add(event.toString()),
                1,
                "connector C = cluster(topic: \"t\")",
                "fn bad(n: int):",
                "    emit P(i: 1)",
                "    emit P(i: n + 1)",
                "stream A = X .process(bad(n)) .to(C)",
                "stream B = X .emit(n: n)")) {
            var outcome = pipeline.run("X{n:9223372036854775807}");

            assertThat(TestPipeline.texts(outcome)).containsExactly("B{n:9223372036854775807}");
            assertThat(outcome.errors()).containsExactly(new EventError("overflow", "int overflow", "A", 4));
            assertThat(sent).isEmpty();
            assertThat(pipeline.inject("X{n:1}")).containsExactly("A{i:1}", "A{i:2}", "B{n:1}");
            assertThat(sent).containsExactly("P{i:1}", "P{i:2}");
        }
    }

    @Test
    void a_slow_context_holds_up_only_those_that_feed_it() throws Exception {
        var gate = new CountDownLatch(1);
        var fast = new CountDownLatch(200);
        try (var pipeline = TestPipeline.with(
                target -> gated(target, gate, fast),
                2,
                lines(
                        COUNT,
                        "connector C = cluster(topic: \"t\")",
                        "context slow",
                        "context other",
                        "stream Feed = X .process(count(n))",
                        "stream Slow = Feed .context(slow) .to(C, topic: \"slow\") .emit(i: i)",
                        "stream Fast = Y .context(other) .to(C, topic: \"fast\") .emit(i: i)"))) {
            var first = pipeline.submit(TestPipeline.event("X{n:5000}"));
            var second = pipeline.submit(TestPipeline.event("X{n:5000}"));
            for (int i = 0; i < 200; i++) {
                pipeline.submit(TestPipeline.event("Y{i:1}"));
            }

            assertThat(fast.await(10, SECONDS)).isTrue();
            assertThat(first).isNotDone();
            assertThat(second).isNotDone();
            assertThat(pipeline.instance().counters().waiting()).isPositive();
            gate.countDown();
            assertThat(outputs(first)).isEqualTo(10_000);
            assertThat(outputs(second)).isEqualTo(10_000);
            assertThat(pipeline.instance().counters().waiting()).isZero();
        }
    }

    private static Sink gated(SinkTarget target, CountDownLatch gate, CountDownLatch fast) {
        return event -> {
            if ("fast".equals(target.topic())) {
                fast.countDown();
            } else {
                await(gate);
            }
        };
    }

    private static void await(CountDownLatch gate) {
        try {
            assertThat(gate.await(30, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int outputs(CompletableFuture<Outcome> outcome) throws Exception {
        return outcome.get(30, SECONDS).outputs().size();
    }

    /** Two contexts that feed each other more than their queues hold, on a single thread. */
    @Test
    void contexts_that_feed_each_other_never_stand_still() throws Exception {
        try (var pipeline = TestPipeline.with(
                target -> event -> {},
                1,
                lines(
                        COUNT,
                        "context a",
                        "context b",
                        "stream S1 = X .context(a) .process(count(n))",
                        "stream S2 = S1 .context(b) .process(count(3))",
                        "stream S3 = S2 .context(a) .process(count(2))",
                        "stream S4 = S3 .context(b) .emit(i: i)"))) {
            var answers = new ArrayList<CompletableFuture<Outcome>>();
            for (int i = 0; i < 10; i++) {
                answers.add(pipeline.submit(TestPipeline.event("X{n:3000}")));
            }

            for (var answer : answers) {
                assertThat(outputs(answer)).isEqualTo(3000 + 9000 + 18_000 + 18_000);
            }
        }
    }

    @Test
    void products_are_handled_breadth_first_in_the_order_of_declaration() throws Exception {
        try (var pipeline = TestPipeline.of(
                "stream B = A .emit(b: v)",
                "stream A = X .emit(v: v)",
                "stream D = B .emit(d: b)",
                "stream C = A .emit(c: v)",
                "stream E = X .emit(e: v)")) {
            assertThat(pipeline.inject("X{v:1}")).containsExactly("A{v:1}", "E{e:1}", "B{b:1}", "C{c:1}", "D{d:1}");
        }
    }

    @Test
    void a_stream_that_reads_its_own_name_stands_before_all_other_readers() throws Exception {
        try (var pipeline = TestPipeline.of(
                "stream Seen = Trades .emit(p: p)", "stream Trades = Trades .where(p > 1) .emit(p: p * 10)")) {
            assertThat(pipeline.inject("Trades{p:1}")).isEmpty();
            assertThat(pipeline.inject("Trades{p:2}")).containsExactly("Trades{p:20}", "Seen{p:20}");
        }
    }

    @Test
    void a_batch_is_answered_in_its_order() throws Exception {
        try (var pipeline = TestPipeline.of("stream A = X .where(v > 1) .emit(v: v)")) {
            var answer = new CompletableFuture<List<Outcome>>();
            pipeline.instance()
                    .submitAll(
                            List.of(event("X{v:1}"), event("X{v:2}"), event("Y{}"), event("X{v:3}")), answer::complete);

            assertThat(answer.get(10, SECONDS))
                    .extracting(outcome -> TestPipeline.texts(outcome).toString())
                    .containsExactly("[]", "[A{v:2}]", "[]", "[A{v:3}]");
        }
    }

    private static Event event(String text) {
        return TestPipeline.event(text);
    }

    @Test
    void recursion_is_allowed_to_a_depth_of_512() throws Exception {
        try (var pipeline = TestPipeline.of(
                "fn down(n: int) -> int:",
                "    if n <= 1:",
                "        return 1",
                "    return 1 + down(n - 1)",
                "stream A = X .emit(v: down(n))")) {
            assertThat(pipeline.inject("X{n:512}")).containsExactly("A{v:512}");
            assertThat(pipeline.errors("X{n:513}"))
                    .extracting(EventError::code)
                    .containsExactly("recursion_depth_exceeded");
        }
    }

    @Test
    void null_arguments_stay_in_their_place() throws Exception {
        try (var pipeline = TestPipeline.of(
                "fn pick(a: int, b: int, c: float) -> int:",
                "    if c > 1.5:",
                "        return b",
                "    return a",
                "stream A = X .emit(v: pick(a, b, c), w: pick(c: 2.0, b: 8, a: a))")) {
            assertThat(pipeline.inject("X{b:2,c:2}")).containsExactly("A{v:2,w:8}");
            assertThat(pipeline.inject("X{b:2,c:1}")).containsExactly("A{v:null,w:8}");
        }
    }

    @Test
    void an_argument_of_the_wrong_type_is_an_error_of_its_event() throws Exception {
        try (var pipeline =
                TestPipeline.of("fn f(a: int) -> int:", "    return a", "stream A = X", "    .emit(y: f(v))")) {
            assertThat(pipeline.errors("X{v:\"q\"}"))
                    .containsExactly(new EventError("type_mismatch", "expected int, got string", "A", 4));
        }
    }

    @Test
    void a_condition_that_is_no_bool_is_an_error_of_its_event() throws Exception {
        try (var pipeline = TestPipeline.of("stream A = X .where(v) .emit(y: 1)")) {
            assertThat(pipeline.inject("X{v:true}")).containsExactly("A{y:1}");
            assertThat(pipeline.inject("X{}")).isEmpty();
            assertThat(pipeline.errors("X{v:1}")).extracting(EventError::code).containsExactly("condition_not_bool");
        }
    }

    @Test
    void a_top_level_value_that_fails_is_named_when_the_program_is_loaded() {
        assertThatThrownBy(() -> TestPipeline.compile("let A = 9223372036854775807\nlet B = A + 1\nstream S = X"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining("overflow");
    }

    @Test
    void counters_tell_what_came_and_went() throws Exception {
        try (var pipeline = TestPipeline.of("stream A = X .emit(v: v + 1)")) {
            pipeline.run("X{v:1}");
            pipeline.run("X{v:9223372036854775807}");
            pipeline.run("Y{}");

            assertThat(pipeline.instance().counters()).isEqualTo(new PipelineCounters(3, 1, 1, 0, 0, 0));
        }
    }

    private static String[] lines(String[] first, String... more) {
        return java.util.stream.Stream.concat(java.util.Arrays.stream(first), java.util.Arrays.stream(more))
                .toArray(String[]::new);
    }
}
