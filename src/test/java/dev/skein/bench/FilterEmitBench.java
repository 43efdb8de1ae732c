package dev.skein.bench;

import dev.skein.kernel.SteadyClock;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.Outcome;
import dev.skein.pipeline.vpl.Vpl;
import dev.skein.pipeline.vpl.compile.ProgramCompiler;
import dev.skein.pipeline.vpl.run.PipelineHost;
import dev.skein.pipeline.vpl.run.PipelineInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Events per second through a pipeline that filters and projects, submitted in batches of 512 and run on the calling
 * thread; half of them pass the filter.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FilterEmitBench {
    private static final int BATCH = 512;

    private final List<Event> batch = new ArrayList<>();
    private PipelineInstance pipeline;

    @Setup
    public void compile() {
        var source = "stream A = X .where(price >= 10) .emit(sym: sym, twice: price * 2)";
        var program = Objects.requireNonNull(Vpl.check(source, Set.of()).program());
        var host = PipelineHost.of(Runnable::run, SteadyClock.system(), target -> event -> {});
        pipeline = ProgramCompiler.compile(program).start(host);
        for (int i = 0; i < BATCH; i++) {
            batch.add(Event.builder("X")
                    .with("sym", "S" + i % 10)
                    .with("price", i % 20 + 0.5)
                    .build());
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Object filterAndEmit() {
        var answer = new Object[1];
        pipeline.submitAll(batch, outcomes -> answer[0] = outcomes);
        return answer[0];
    }

    /** The same work written by hand, for scale. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Object byHand() {
        var outcomes = new ArrayList<Outcome>(BATCH);
        for (var event : batch) {
            outcomes.add(
                    event.get("price") instanceof Double price && price >= 10 ? passed(event, price) : Outcome.NOTHING);
        }
        return outcomes;
    }

    private static Outcome passed(Event event, double price) {
        var product = Event.builder("A")
                .with("sym", event.get("sym"))
                .with("twice", price * 2)
                .build();
        return new Outcome(List.of(product), List.of());
    }
}
