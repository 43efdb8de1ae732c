package dev.skein.fault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What the last pipeline wrote into its workers' logs, wherever it was at the time. */
final class Arrivals {
    private static final Pattern LINE = Pattern.compile("^(\\S+) INFO .* Seen (\\{.*})$");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One event at one time in one log. */
    private record Arrival(String time, String key, long number) {}

    private final List<String> findings = new ArrayList<>();
    private final List<Arrival> all = new ArrayList<>();

    /** Reads one log and looks whether each key's numbers only grow in it. */
    void read(String worker, String log) {
        var last = new TreeMap<String, Long>();
        for (var line : log.lines().toList()) {
            var match = LINE.matcher(line);
            if (match.matches()) {
                var arrival = arrival(match.group(1), match.group(2));
                long before = last.getOrDefault(arrival.key, 0L);
                if (arrival.number <= before) {
                    findings.add("%s: %s came with %d after %d".formatted(worker, arrival.key, arrival.number, before));
                }
                last.merge(arrival.key, arrival.number, Math::max);
                all.add(arrival);
            }
        }
    }

    private static Arrival arrival(String time, String json) {
        try {
            var event = JSON.readTree(json);
            return new Arrival(time, event.path("k").asText(), event.path("n").asLong());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** All of them by time, which is the order in which they came; within one millisecond by number. */
    Map<String, List<Long>> byKey() {
        var byKey = new TreeMap<String, List<Long>>();
        all.stream()
                .sorted(Comparator.comparing(Arrival::time).thenComparing(Arrival::number))
                .forEach(each -> byKey.computeIfAbsent(each.key, key -> new ArrayList<>())
                        .add(each.number));
        return byKey;
    }

    int count() {
        return all.size();
    }

    List<String> findings() {
        return findings;
    }
}
