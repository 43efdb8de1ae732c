package dev.skein.worker.hosting;

import dev.skein.connector.Connections;
import dev.skein.connector.Links;
import dev.skein.connector.Owner;
import dev.skein.connector.in.Intake;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.Connectors.Definition;
import dev.skein.pipeline.Hosting.Deploy;
import dev.skein.pipeline.Workers.ConnectorHealth;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.Outcome;
import dev.skein.pipeline.vpl.Diagnostic;
import dev.skein.pipeline.vpl.Diagnostic.Severity;
import dev.skein.pipeline.vpl.Vpl;
import dev.skein.pipeline.vpl.compile.ProgramCompiler;
import dev.skein.pipeline.vpl.run.CompiledProgram;
import dev.skein.pipeline.vpl.run.PipelineHost;
import dev.skein.pipeline.vpl.run.PipelineInstance;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs VPL. */
public final class VplEngine implements Engine {
    private final PipelineHost surroundings;
    private final @Nullable Connections connections;

    /** Programs send to the sinks of their surroundings and read nothing from outside. */
    public VplEngine(PipelineHost surroundings) {
        this(surroundings, null);
    }

    /** @param connections opens links in place of the surroundings' sinks */
    public VplEngine(PipelineHost surroundings, @Nullable Connections connections) {
        this.surroundings = surroundings;
        this.connections = connections;
    }

    @Override
    public Started start(String source) {
        return start(new Deploy("program", source, null, 0));
    }

    @Override
    public Started start(Deploy order) {
        var types = order.connectors().stream().collect(Collectors.toMap(Definition::name, Definition::connectorType));
        var checked = Vpl.check(order.source(), types);
        var program = checked.program();
        if (program == null) {
            return new Started(checked.diagnostics(), null);
        }
        try {
            var compiled = ProgramCompiler.compile(program);
            return new Started(checked.diagnostics(), connections == null ? alone(compiled) : linked(order, compiled));
        } catch (Problem refused) {
            if (refused.kind() != Kind.INVALID) {
                throw refused;
            }
            return refused(refused.sentence());
        } catch (StackOverflowError | OutOfMemoryError tooLarge) { // the heap is whole again once the draft is gone
            return refused("the program is too large to be compiled here (" + tooLarge + ")");
        }
    }

    /** A program that is well-formed but can never be started, so trying again is of no use. */
    private static Started refused(String why) {
        return new Started(List.of(new Diagnostic(Severity.ERROR, "E015", 1, 1, why, null)), null);
    }

    private Running alone(CompiledProgram program) {
        return new Running(program.start(surroundings), null);
    }

    private Running linked(Deploy order, CompiledProgram program) {
        var owner = new Owner(order.groupId(), order.name(), order.epoch());
        var links = Objects.requireNonNull(connections).link(owner, order.connectors());
        try {
            links.prepare(program.sources());
            return new Running(program.start(surroundings.with(links)), links);
        } catch (Problem refused) {
            links.close();
            throw refused;
        }
    }

    private record Running(
            PipelineInstance pipeline, @Nullable Links open) implements Instance {
        @Override
        public void submitAll(List<Event> events, Consumer<List<Outcome>> done) {
            pipeline.submitAll(events, done);
        }

        @Override
        public Counters counters() {
            var counters = pipeline.counters();
            return new Counters(counters.eventsIn(), counters.eventsOut(), counters.errors());
        }

        @Override
        public void feed(Intake intake) {
            if (open != null) {
                open.read(intake);
            }
        }

        @Override
        public void rest(boolean rests) {
            if (open != null) {
                open.rest(rests);
            }
        }

        @Override
        public List<ConnectorHealth> links() {
            return open == null ? List.of() : open.health();
        }

        @Override
        public Future<Void> delivered() {
            return open == null ? Future.succeededFuture() : open.delivered();
        }

        /** Ends when all is answered and no link is open any more. */
        @Override
        public Future<Void> close() {
            if (open == null) {
                return pipeline.close();
            }
            open.stopReading();
            return pipeline.close().eventually(open::close);
        }
    }
}
