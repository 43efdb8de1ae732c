package dev.skein.pipeline.vpl.resolved;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which streams an event reaches.
 *
 * <p>A stream that reads events of its own name stands in front of them: an event of that name reaches only it, and the
 * other readers get what it produces.
 */
public final class Routing {
    private final List<CheckedStream> streams;
    private final Map<String, List<CheckedStream>> readers = new HashMap<>();
    private final Map<String, CheckedStream> shadows = new HashMap<>();

    public Routing(List<CheckedStream> streams) {
        this.streams = List.copyOf(streams);
        for (var stream : streams) {
            readers.computeIfAbsent(stream.consumes(), none -> new ArrayList<>())
                    .add(stream);
            if (stream.shadows()) {
                shadows.put(stream.name(), stream);
            }
        }
    }

    /** The streams that get an event of this type from outside, in declaration order. */
    public List<CheckedStream> injected(String type) {
        var shadow = shadows.get(type);
        return shadow == null ? List.copyOf(readers.getOrDefault(type, List.of())) : List.of(shadow);
    }

    /**
     * The streams that get what {@code stream} produces, in declaration order: readers of its output type and of its
     * name, each once, never itself.
     */
    public List<CheckedStream> produced(CheckedStream stream) {
        var reached = new TreeSet<Integer>();
        for (var reader : readers.getOrDefault(stream.name(), List.of())) {
            reached.add(reader.index());
        }
        if (!stream.produces().equals(stream.name())) {
            injected(stream.produces()).forEach(reader -> reached.add(reader.index()));
        }
        reached.remove(stream.index());
        return reached.stream().map(streams::get).toList();
    }
}
