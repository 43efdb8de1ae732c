package dev.skein.pipeline.vpl.lane;

import dev.skein.pipeline.vpl.CheckedProgram;
import dev.skein.pipeline.vpl.resolved.CheckedStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which streams run where and in which order events pass between them. Immutable. */
public final class Plan {
    /* A stream's level is one more than the highest of those that feed it, so what a stream produces always goes to
     * higher levels. Lanes rely on that to hand events over without waiting for each other in a circle. */

    /**
     * The part of an event's way that lies in one lane.
     *
     * @param level lowest level of its streams
     * @param streams in declaration order
     */
    public record Stop(int lane, int level, int[] streams) {}

    private final List<String> lanes = new ArrayList<>();
    private final int[] levels;
    private final int[] laneOf;
    private final Map<String, List<Stop>> injected = new HashMap<>();
    private final List<List<Stop>> produced = new ArrayList<>();
    private final List<String> names;
    private final boolean[] hasOutputs;

    public Plan(CheckedProgram program) {
        var streams = program.streams();
        this.names = streams.stream().map(CheckedStream::name).toList();
        this.levels = new int[streams.size()];
        this.laneOf = new int[streams.size()];
        this.hasOutputs = new boolean[streams.size()];
        lanes.add("");
        for (var stream : streams) {
            laneOf[stream.index()] = lane(stream.context() == null ? "" : stream.context());
            hasOutputs[stream.index()] = stream.hasOutputs();
        }
        raise(program);
        for (var stream : streams) {
            produced.add(stops(program.routing().produced(stream)));
            injected.computeIfAbsent(
                    stream.consumes(), type -> stops(program.routing().injected(type)));
        }
    }

    private int lane(String context) {
        if (!lanes.contains(context)) {
            lanes.add(context);
        }
        return lanes.indexOf(context);
    }

    private void raise(CheckedProgram program) {
        boolean raised = true;
        for (int round = 0; raised && round <= levels.length; round++) {
            raised = false;
            for (var stream : program.streams()) {
                raised |= raise(stream, program.routing().produced(stream));
            }
        }
    }

    private boolean raise(CheckedStream from, List<CheckedStream> readers) {
        boolean raised = false;
        for (var reader : readers) {
            if (levels[reader.index()] <= levels[from.index()]) {
                levels[reader.index()] = levels[from.index()] + 1;
                raised = true;
            }
        }
        return raised;
    }

    private List<Stop> stops(List<CheckedStream> reached) {
        var byLane = new LinkedHashMap<Integer, List<CheckedStream>>();
        for (var stream : reached) {
            byLane.computeIfAbsent(laneOf[stream.index()], lane -> new ArrayList<>())
                    .add(stream);
        }
        var stops = new ArrayList<Stop>();
        byLane.forEach((lane, streams) -> stops.add(stop(lane, streams)));
        return stops;
    }

    private Stop stop(int lane, List<CheckedStream> streams) {
        int[] indexes = streams.stream().mapToInt(CheckedStream::index).toArray();
        int level = streams.stream()
                .mapToInt(stream -> levels[stream.index()])
                .min()
                .orElse(0);
        return new Stop(lane, level, indexes);
    }

    /** Names of the contexts that streams run in; the first is the pipeline's own and has an empty name. */
    public List<String> lanes() {
        return lanes;
    }

    /** One more than the highest level. */
    int levels() {
        int max = 0;
        for (int level : levels) {
            max = Math.max(max, level);
        }
        return max + 1;
    }

    /** Where an event of this type from outside goes. */
    public List<Stop> injected(String type) {
        return injected.getOrDefault(type, List.of());
    }

    /** Where a product of this stream goes. */
    List<Stop> produced(int stream) {
        return produced.get(stream);
    }

    String name(int stream) {
        return names.get(stream);
    }

    boolean hasOutputs(int stream) {
        return hasOutputs[stream];
    }
}
