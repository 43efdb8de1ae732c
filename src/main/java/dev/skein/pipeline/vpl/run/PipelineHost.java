package dev.skein.pipeline.vpl.run;

import dev.skein.kernel.Check;
import dev.skein.pipeline.vpl.sink.Sinks;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What an instance needs from its surroundings.
 *
 * @param lanes runs the lanes, one per context and one for the rest; a lane takes a thread only while it has work, and
 *     with fewer threads than lanes they take turns
 * @param clock to tell how long events wait
 * @param sinks opens the targets of {@code .to(…)}
 * @param stepBudget loop rounds and calls that one event may cost one stream ({@code vpl.step_budget})
 * @param handOverMax events that may wait between two lanes before the producing one pauses
 */
public record PipelineHost(Executor lanes, InstantSource clock, Sinks sinks, long stepBudget, int handOverMax) {
    public static final long STEP_BUDGET = 100_000_000;
    public static final int HAND_OVER_MAX = 1024;

    public PipelineHost {
        Check.between("vpl.step_budget", stepBudget, 1, Long.MAX_VALUE);
        Check.between("handOverMax", handOverMax, 1, Integer.MAX_VALUE);
    }

    /** The same with other sinks. */
    public PipelineHost with(Sinks others) {
        return new PipelineHost(lanes, clock, others, stepBudget, handOverMax);
    }

    /** With the language's limits. */
    public static PipelineHost of(Executor lanes, InstantSource clock, Sinks sinks) {
        return new PipelineHost(lanes, clock, sinks, STEP_BUDGET, HAND_OVER_MAX);
    }
}
