package dev.skein.router.forward;

import dev.skein.pipeline.Events.Forwarded;
import dev.skein.pipeline.Routing.Destination;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.link.Forwarder.Source;
import dev.skein.pipeline.route.RouteTable;
import dev.skein.router.table.Replica;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which outputs of one delivery go where. */
final class Plan {
    private record Taken(String pipeline, String type) {}

    private final RouteTable table;
    private final String pipeline;
    private final Replica replica;
    private final Map<String, List<Event>> byPlacement = new LinkedHashMap<>();
    private final List<List<Forwarded>> perEvent = new ArrayList<>();
    private String lastType = "";
    private List<Destination> lastNext = List.of();
    private int events;

    private Plan(RouteTable table, String pipeline, Replica replica) {
        this.table = table;
        this.pipeline = pipeline;
        this.replica = replica;
    }

    static Plan of(RouteTable table, Source source, List<List<Event>> outputs, Replica replica) {
        var plan = new Plan(table, RouteTable.pipelineOf(source.placement()), replica);
        outputs.forEach(plan::add);
        return plan;
    }

    private void add(List<Event> outputsOfOne) {
        var counts = new LinkedHashMap<Taken, Long>();
        for (var output : outputsOfOne) {
            for (var to : next(output.type())) {
                var target = replica.choose(table.groupId(), to, output);
                byPlacement
                        .computeIfAbsent(target.placement(), unseen -> new ArrayList<>())
                        .add(output);
                counts.merge(new Taken(to.pipeline(), output.type()), 1L, Long::sum);
                events++;
            }
        }
        var taken = new ArrayList<Forwarded>(counts.size());
        counts.forEach((each, count) -> taken.add(new Forwarded(each.pipeline, each.type, count)));
        perEvent.add(taken);
    }

    /** Outputs of one type mostly come together. */
    private List<Destination> next(String type) {
        if (!type.equals(lastType)) {
            lastType = type;
            lastNext = table.next(pipeline, type);
        }
        return lastNext;
    }

    Map<String, List<Event>> byPlacement() {
        return byPlacement;
    }

    List<List<Forwarded>> perEvent() {
        return perEvent;
    }

    /** How many deliveries of an output to a pipeline this is. */
    int events() {
        return events;
    }
}
