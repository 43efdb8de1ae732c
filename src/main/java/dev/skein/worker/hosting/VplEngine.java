package dev.skein.worker.hosting;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.Outcome;
import dev.skein.pipeline.vpl.Diagnostic;
import dev.skein.pipeline.vpl.Diagnostic.Severity;
import dev.skein.pipeline.vpl.Vpl;
import dev.skein.pipeline.vpl.compile.ProgramCompiler;
import dev.skein.pipeline.vpl.run.PipelineHost;
import dev.skein.pipeline.vpl.run.PipelineInstance;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Runs VPL. */
public final class VplEngine implements Engine {
    private final PipelineHost surroundings;

    public VplEngine(PipelineHost surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Started start(String source) {
        var checked = Vpl.check(source, Set.of());
        var program = checked.program();
        if (program == null) {
            return new Started(checked.diagnostics(), null);
        }
        try {
            var running = new Running(ProgramCompiler.compile(program).start(surroundings));
            return new Started(checked.diagnostics(), running);
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

    private record Running(PipelineInstance pipeline) implements Instance {
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
        public Future<Void> close() {
            return pipeline.close();
        }
    }
}
