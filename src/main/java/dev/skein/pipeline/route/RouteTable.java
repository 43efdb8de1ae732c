package dev.skein.pipeline.route;

import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.Routing.Destination;
import dev.skein.pipeline.Routing.GroupTable;
import dev.skein.pipeline.Routing.Target;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One group's rules, ready to be asked. Immutable, safe for any thread. */
public final class RouteTable {
    private static final char REPLICA_MARK = '#';

    /**
     * Where an event from outside goes.
     *
     * @param matched whether a rule chose it; false means the first pipeline of the spec by default
     */
    public record Choice(Destination destination, boolean matched) {}

    private final GroupTable source;
    private final Map<String, RulesFrom> rules;
    private final Map<String, Target> targets;

    private RouteTable(GroupTable source, Map<String, RulesFrom> rules) {
        this.source = source;
        this.rules = rules;
        var targets = new HashMap<String, Target>();
        source.destinations().forEach(to -> to.targets().forEach(target -> targets.put(target.placement(), target)));
        this.targets = Map.copyOf(targets);
    }

    /**
     * Compiles a group.
     *
     * @param source with at least one destination; rules that lead to an unknown pipeline are left out
     */
    public static RouteTable compile(GroupTable source) {
        if (source.destinations().isEmpty()) {
            throw new IllegalArgumentException("group " + source.groupId() + " has no pipelines");
        }
        return new RouteTable(source, RulesFrom.compile(source));
    }

    /** The table of the same group when placements moved; compiled anew only if its rules are others. */
    public RouteTable moved(GroupTable now) {
        boolean sameRules = now.routes().equals(source.routes()) && names(now).equals(names(source));
        return sameRules ? new RouteTable(now, rules) : compile(now);
    }

    private static List<String> names(GroupTable table) {
        return table.destinations().stream().map(Destination::pipeline).toList();
    }

    public String groupId() {
        return source.groupId();
    }

    /** Every pipeline of the group, in the order of the spec. */
    public List<Destination> destinations() {
        return source.destinations();
    }

    /** The copy with this placement name, null when the group has none such. */
    public @Nullable Target target(String placement) {
        return targets.get(placement);
    }

    /** The first rule from {@code _external} that matches, routes and their patterns in declared order. */
    public Choice external(String eventType) {
        var from = rules.get(GroupSpec.EXTERNAL);
        int first = from == null ? Patterns.NONE : from.patterns.first(eventType);
        return from == null || first == Patterns.NONE
                ? new Choice(source.destinations().get(0), false)
                : new Choice(source.destinations().get(from.destinations[first]), true);
    }

    /** Whether any rule takes outputs of this pipeline. */
    public boolean forwards(String pipeline) {
        return rules.containsKey(pipeline);
    }

    /** Each distinct pipeline with a rule that takes this output of {@code pipeline}, in the order of the spec. */
    public List<Destination> next(String pipeline, String eventType) {
        var from = rules.get(pipeline);
        if (from == null) {
            return List.of();
        }
        var taken = new BitSet();
        from.patterns.each(eventType, rank -> taken.set(from.destinations[rank]));
        return taken.stream().mapToObj(source.destinations()::get).toList();
    }

    /** The pipeline that a placement is a copy of: {@code p} for {@code p} and for {@code p#2}. */
    public static String pipelineOf(String placement) {
        int mark = placement.indexOf(REPLICA_MARK);
        return mark < 0 ? placement : placement.substring(0, mark);
    }

    /** The rules with one source; {@code destinations} holds the destination's index by rank of the pattern. */
    private record RulesFrom(Patterns patterns, int[] destinations) {
        static Map<String, RulesFrom> compile(GroupTable table) {
            var flat = new FlatRules(names(table));
            table.routes().forEach(flat::add);
            return flat.bySource();
        }
    }

    /** Patterns of all routes, one after the other, by source. */
    private static final class FlatRules {
        private record Rule(String pattern, int destination) {}

        private final List<String> pipelines;
        private final Map<String, List<Rule>> rules = new HashMap<>();

        FlatRules(List<String> pipelines) {
            this.pipelines = pipelines;
        }

        void add(GroupSpec.RouteSpec route) {
            int destination = pipelines.indexOf(route.toPipeline());
            if (destination >= 0) {
                var list = rules.computeIfAbsent(route.fromPipeline(), unseen -> new ArrayList<>());
                route.eventTypes().forEach(pattern -> list.add(new Rule(pattern, destination)));
            }
        }

        Map<String, RulesFrom> bySource() {
            var compiled = new HashMap<String, RulesFrom>();
            rules.forEach((source, list) -> compiled.put(
                    source,
                    new RulesFrom(
                            Patterns.compile(list.stream().map(Rule::pattern).toList()),
                            list.stream().mapToInt(Rule::destination).toArray())));
            return Map.copyOf(compiled);
        }
    }
}
