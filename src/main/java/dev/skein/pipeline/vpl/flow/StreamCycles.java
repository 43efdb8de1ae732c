package dev.skein.pipeline.vpl.flow;

import dev.skein.pipeline.vpl.ast.Id;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds streams that feed each other. What a stream hands to itself does not count: it never receives its own products.
 */
public final class StreamCycles {
    /*
     * Streams and the types between them are the nodes of a graph, so that n producers and m readers of a type make n
     * + m
     * edges. Three kinds of nodes: a stream, "products of the stream S", "events of type T" (which a stream named T
     * that
     * reads T takes for itself). A component with two streams holds a cycle; the shortest through its first is shown.
     */

    private static final int CYCLES_MAX = 50;
    private static final int NAMES_MAX = 12;

    /**
     * One stream.
     *
     * @param sources what it reads
     * @param produces the type of its products
     */
    public record Link(String name, List<Id> sources, String produces) {
        boolean reads(String type) {
            return sources.stream().anyMatch(source -> source.name().equals(type));
        }
    }

    /**
     * Streams in a circle.
     *
     * @param at what the first of them reads
     * @param names from the first in declaration order back to itself
     */
    public record Cycle(Id at, List<String> names) {
        @Override
        public String toString() {
            if (names.size() <= NAMES_MAX) {
                return String.join(" → ", names);
            }
            return String.join(" → ", names.subList(0, NAMES_MAX)) + " → … → " + names.get(0);
        }
    }

    private final List<Link> links;
    private final Map<String, List<Integer>> readers = new HashMap<>();
    private final Map<String, Integer> shadows = new HashMap<>();
    private final Map<String, Integer> nodes = new HashMap<>();
    private final List<List<Integer>> edges = new ArrayList<>();

    private StreamCycles(List<Link> links) {
        this.links = links;
    }

    /** Disjoint cycles, at most one per knot of streams, by their first stream. */
    public static List<Cycle> of(List<Link> links) {
        var search = new StreamCycles(links);
        search.index();
        search.connect();
        var cycles = new ArrayList<Cycle>();
        for (var component : Components.of(search.edges)) {
            var streams = component.stream()
                    .filter(node -> node < links.size())
                    .sorted()
                    .toList();
            if (streams.size() > 1 && cycles.size() < CYCLES_MAX) {
                cycles.add(search.shortest(streams));
            }
        }
        return cycles;
    }

    private void index() {
        for (int i = 0; i < links.size(); i++) {
            var link = links.get(i);
            for (var source : link.sources()) {
                readers.computeIfAbsent(source.name(), none -> new ArrayList<>())
                        .add(i);
            }
            if (link.reads(link.name())) {
                shadows.putIfAbsent(link.name(), i);
            }
            edges.add(new ArrayList<>());
        }
    }

    private void connect() {
        for (int i = 0; i < links.size(); i++) {
            var link = links.get(i);
            edges.get(i).add(products(i));
            if (!link.produces().equals(link.name())) {
                edges.get(i).add(events(link.produces()));
            }
        }
    }

    private int products(int stream) {
        var name = links.get(stream).name();
        var targets = new ArrayList<>(readers.getOrDefault(name, List.of()));
        targets.remove((Integer) stream);
        return node("products " + name, targets);
    }

    private int events(String type) {
        var shadow = shadows.get(type);
        return node("events " + type, shadow == null ? readers.getOrDefault(type, List.of()) : List.of(shadow));
    }

    private int node(String key, List<Integer> targets) {
        return nodes.computeIfAbsent(key, none -> {
            edges.add(targets);
            return edges.size() - 1;
        });
    }

    /** Breadth first from the first stream of a component until one that feeds it. */
    private Cycle shortest(List<Integer> component) {
        int first = component.get(0);
        var before = new HashMap<Integer, Integer>();
        var seen = new HashSet<Integer>(Set.of(first));
        var open = new ArrayDeque<>(List.of(first));
        int last = first;
        var feeding = feeding(first);
        while (last == first && !open.isEmpty()) {
            int stream = open.remove();
            boolean closes = stream != first && edges.get(stream).stream().anyMatch(feeding::contains);
            last = closes ? stream : first;
            for (int next : unseen(stream, seen)) {
                before.put(next, stream);
                open.add(next);
            }
        }
        return cycle(first, last, before);
    }

    /** The streams that a stream feeds and that were not reached before; now they are. */
    private List<Integer> unseen(int stream, Set<Integer> seen) {
        return edges.get(stream).stream()
                .filter(seen::add)
                .flatMap(node -> edges.get(node).stream())
                .filter(seen::add)
                .toList();
    }

    /** The nodes that point to a stream. */
    private Set<Integer> feeding(int stream) {
        var feeding = new HashSet<Integer>();
        for (var source : links.get(stream).sources()) {
            for (var key : List.of("products " + source.name(), "events " + source.name())) {
                var node = nodes.get(key);
                if (node != null && edges.get(node).contains(stream)) {
                    feeding.add(node);
                }
            }
        }
        return feeding;
    }

    private Cycle cycle(int first, int last, Map<Integer, Integer> before) {
        var names = new ArrayDeque<String>();
        names.push(links.get(first).name());
        for (int stream = last; stream != first; stream = before.getOrDefault(stream, first)) {
            names.push(links.get(stream).name());
        }
        names.push(links.get(first).name());
        return new Cycle(links.get(first).sources().get(0), List.copyOf(names));
    }
}
