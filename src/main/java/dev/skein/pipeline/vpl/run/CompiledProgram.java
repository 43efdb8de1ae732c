package dev.skein.pipeline.vpl.run;

import dev.skein.pipeline.vpl.CheckedProgram;
import dev.skein.pipeline.vpl.lane.Plan;
import dev.skein.pipeline.vpl.lane.StreamCode;
import dev.skein.pipeline.vpl.sink.SinkTarget;
import dev.skein.pipeline.vpl.sink.SourceTarget;
import java.util.List;
import java.util.function.Supplier;

/** A program ready to run, any number of times. Immutable. */
public final class CompiledProgram {
    private final Plan plan;
    private final DeclaredTypes types;
    private final Supplier<StreamCode> code;
    private final List<SinkTarget> sinks;
    private final List<SourceTarget> sources;

    /** @param code makes the compiled streams for one lane */
    public CompiledProgram(
            CheckedProgram program, Supplier<StreamCode> code, List<SinkTarget> sinks, List<SourceTarget> sources) {
        this.plan = new Plan(program);
        this.types = new DeclaredTypes(program.events().values());
        this.code = code;
        this.sinks = List.copyOf(sinks);
        this.sources = List.copyOf(sources);
    }

    /** What its streams read from connectors; whoever runs an instance submits those events to it. */
    public List<SourceTarget> sources() {
        return sources;
    }

    /** A running instance. Fails with a {@link dev.skein.kernel.Problem} when a sink cannot be opened. */
    public PipelineInstance start(PipelineHost host) {
        var opened = sinks.stream().map(host.sinks()::open).toList();
        return new PipelineInstance(this, host, opened);
    }

    Plan plan() {
        return plan;
    }

    DeclaredTypes types() {
        return types;
    }

    StreamCode newCode() {
        return code.get();
    }
}
