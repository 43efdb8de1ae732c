package dev.skein.coordinator.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.kernel.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says of itself: {@code {"status":"healthy","memory":{"used":"1.2GB","total":"4GB"},"uptime":3600,
 * "capabilities":["context7"]}}, with byte numbers beside the sizes when it is one of ours.
 *
 * @param usedBytes 0 when it does not say
 * @param totalBytes 0 when it does not say
 * @param instance {@link dev.skein.bus.NodeAddress#mark} of a node of ours; empty when it does not say
 */
record Health(String status, long usedBytes, long totalBytes, List<String> capabilities, String instance) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> STATUSES =
            Set.of("healthy", "degraded", "draining", "unhealthy", "no_workers", "critical");
    private static final Set<String> WELL = Set.of("healthy", "degraded", "draining");
    private static final Pattern DECIMAL = Pattern.compile("(\\d{1,12})\\.(\\d{1,6})\\s*([A-Za-z]+)");
    private static final int NAMES_MAX = 100;

    /** Null when it is not the answer of a worker. */
    static @Nullable Health parse(String text) {
        JsonNode tree;
        try {
            tree = JSON.readTree(text);
        } catch (JsonProcessingException noJson) {
            return null;
        }
        if (tree == null || !STATUSES.contains(tree.path("status").asText()) || !tree.has("capabilities")) {
            return null;
        }
        var memory = tree.path("memory");
        var names = new ArrayList<String>();
        for (var name : tree.path("capabilities")) {
            if (name.isTextual() && names.size() < NAMES_MAX) {
                names.add(name.textValue());
            }
        }
        return new Health(
                tree.path("status").asText(),
                bytes(memory, "used_bytes", "used"),
                bytes(memory, "total_bytes", "total"),
                List.copyOf(names),
                tree.path("instance").asText(""));
    }

    private static long bytes(JsonNode memory, String exact, String rounded) {
        if (memory.path(exact).canConvertToLong() && memory.path(exact).asLong() > 0) {
            return memory.path(exact).asLong();
        }
        return size(memory.path(rounded).asText());
    }

    /** A size, also one with decimals; 0 when it cannot be read. */
    static long size(String text) {
        try {
            var decimal = DECIMAL.matcher(text.strip());
            if (decimal.matches()) {
                double number = Double.parseDouble(decimal.group(1) + "." + decimal.group(2));
                return Math.round(number * ByteSize.parse("1" + decimal.group(3)));
            }
            return ByteSize.parse(text);
        } catch (IllegalArgumentException unreadable) {
            return 0;
        }
    }

    boolean isWell() {
        return WELL.contains(status);
    }
}
