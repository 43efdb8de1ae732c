package dev.skein.worker.hosting;

import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.Outcome;
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
        return program == null
                ? new Started(checked.diagnostics(), null)
                : new Started(
                        checked.diagnostics(),
                        new Running(ProgramCompiler.compile(program).start(surroundings)));
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
