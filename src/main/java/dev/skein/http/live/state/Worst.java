package dev.skein.http.live.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Which members matter most when not all of them fit. */
final class Worst {
    static final List<String> COLLECTIONS = List.of("nodes", "groups", "alerts", "reviews");

    private static final Set<String> UP = Set.of("READY", "BUSY", "CORDONED", "DRAINING");
    private static final Map<String, ToDoubleFunction<JsonNode>> BADNESS = Map.of(
            "nodes", Worst::ofNode, "groups", Worst::ofGroup, "alerts", Worst::ofAlert, "reviews", Worst::ofReview);

    private Worst() {}

    static boolean isUp(JsonNode node) {
        return UP.contains(node.path("status").asText());
    }

    /** Halves the largest collection, keeping the worst, until the tree is small enough. */
    static ObjectNode within(ObjectNode view, int bytesMax) {
        while (View.sizeOf(view) > bytesMax) {
            var largest = COLLECTIONS.stream()
                    .max(Comparator.comparingInt(name -> View.sizeOf(view.path(name))))
                    .orElseThrow();
            var members = (ObjectNode) view.get(largest);
            if (members.isEmpty()) {
                return view; // what is left has a fixed size
            }
            view.set(largest, worstHalf(largest, members));
        }
        return view;
    }

    private static ObjectNode worstHalf(String collection, ObjectNode members) {
        var badness = BADNESS.getOrDefault(collection, node -> 0);
        var kept = JsonNodeFactory.instance.objectNode();
        members.properties().stream()
                .sorted(Comparator.comparingDouble(
                                (Entry<String, JsonNode> member) -> -badness.applyAsDouble(member.getValue()))
                        .thenComparing(Entry::getKey))
                .limit(members.size() / 2)
                .forEach(member -> kept.set(member.getKey(), member.getValue()));
        return kept;
    }

    private static double ofNode(JsonNode node) {
        var memory = node.path("memory");
        return (isUp(node) ? 0 : 10)
                + memory.path("used").asDouble()
                        / Math.max(1, memory.path("capacity").asDouble());
    }

    private static double ofGroup(JsonNode group) {
        return switch (group.path("pressure").asText()) {
            case "HIGH" -> 3;
            case "LOW" -> 2;
            default -> group.path("status").asText().equals("running") ? 0 : 1;
        };
    }

    private static double ofReview(JsonNode run) {
        return run.path("state").asText().equals("running") ? 1 : 0;
    }

    private static double ofAlert(JsonNode alert) {
        return alert.path("severity").asText().equals("critical") ? 1 : 0;
    }
}
