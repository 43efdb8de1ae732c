package dev.skein.pipeline.vpl.run;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skein.kernel.SteadyClock;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventError;
import dev.skein.pipeline.event.EventJson;
import dev.skein.pipeline.event.Outcome;
import dev.skein.pipeline.vpl.Vpl;
import dev.skein.pipeline.vpl.compile.ProgramCompiler;
import dev.skein.pipeline.vpl.sink.Sinks;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** One pipeline under test, on threads of its own; events are written as in the manual: {@code X{v:1,s:"t"}}. */
final class TestPipeline implements AutoCloseable {
    static final long BUDGET = 2_000_000;
    private static final JsonMapper LENIENT = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();

    private static final Sinks NOWHERE = target -> event -> {};

    private final ExecutorService threads;
    private final PipelineInstance instance;

    private TestPipeline(String source, int threadCount, Function<ExecutorService, PipelineHost> host) {
        this.threads = Executors.newFixedThreadPool(threadCount);
        this.instance = compile(source).start(host.apply(threads));
    }

    static CompiledProgram compile(String source) {
        var checked = Vpl.check(source, Set.of());
        assertThat(checked.program()).as("%s", checked.diagnostics()).isNotNull();
        return ProgramCompiler.compile(checked.program());
    }

    static TestPipeline of(String... lines) {
        return with(BUDGET, lines);
    }

    static TestPipeline with(long budget, String... lines) {
        return new TestPipeline(
                String.join("\n", lines),
                2,
                threads ->
                        new PipelineHost(threads, SteadyClock.system(), NOWHERE, budget, PipelineHost.HAND_OVER_MAX));
    }

    static TestPipeline with(Sinks sinks, int threadCount, String... lines) {
        return new TestPipeline(
                String.join("\n", lines),
                threadCount,
                threads -> PipelineHost.of(threads, SteadyClock.system(), sinks));
    }

    /** With little room between lanes. */
    static TestPipeline tight(int handOverMax, int threadCount, String source) {
        return new TestPipeline(
                source,
                threadCount,
                threads -> new PipelineHost(
                        threads, SteadyClock.system(), NOWHERE, PipelineHost.STEP_BUDGET, handOverMax));
    }

    PipelineInstance instance() {
        return instance;
    }

    CompletableFuture<Outcome> submit(Event event) {
        var outcome = new CompletableFuture<Outcome>();
        instance.submit(event, outcome::complete);
        return outcome;
    }

    Outcome run(String event) {
        return submit(event(event)).orTimeout(60, SECONDS).join();
    }

    /** The outputs, in the same notation; fails on an error. */
    List<String> inject(String event) {
        var outcome = run(event);
        assertThat(outcome.errors()).isEmpty();
        return texts(outcome);
    }

    /** The errors; fails on an output. */
    List<EventError> errors(String event) {
        var outcome = run(event);
        assertThat(outcome.outputs()).isEmpty();
        return outcome.errors();
    }

    static List<String> texts(Outcome outcome) {
        return outcome.outputs().stream().map(Event::toString).toList();
    }

    static Event event(String text) {
        int brace = text.indexOf('{');
        try (var parser = LENIENT.createParser(text.substring(brace))) {
            return EventJson.read(text.substring(0, brace), 0, parser);
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @Override
    public void close() throws Exception {
        instance.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, SECONDS)).isTrue();
    }
}
