package dev.skein.pipeline.vpl.lane;

import dev.skein.pipeline.vpl.sink.Sink;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What the lanes of one instance share.
 *
 * @param code makes the streams for one lane
 * @param sinks by the index that the streams know
 * @param stopped asked from time to time by everything that takes long
 */
public record LaneGroup(
        Plan plan,
        Supplier<StreamCode> code,
        List<Sink> sinks,
        Limits limits,
        Executor executor,
        InstantSource clock,
        BooleanSupplier stopped,
        LongAdder eventsOut,
        LongAdder errors) {
    /**
     * @param stepBudget loop rounds and calls for one event and stream
     * @param handOverMax events waiting between two lanes
     */
    public record Limits(long stepBudget, int handOverMax) {}

    StreamCode newCode() {
        var fresh = code.get();
        fresh.prepare(limits.stepBudget, sinks.size(), stopped);
        return fresh;
    }
}
