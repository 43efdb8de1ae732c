package dev.skein.coordinator.job.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.job.JobSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * Tells whether two submissions ask for the same. They do when they differ in the order of names in the payload or of
 * words that are a set, or in how a number or text of the payload is spelt.
 */
final class Fingerprint {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Fingerprint() {}

    static String of(JobSpec spec) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var text = whole(spec).toString();
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** As JSON, in which no text can pass for two. */
    private static ArrayNode whole(JobSpec spec) {
        var needs = spec.needs();
        return NODES.arrayNode()
                .add(spec.type())
                .add(payload(spec.payload()))
                .add(spec.order().toString()) // of it only two words are the caller's, and they are added too
                .add(spec.order().fairnessKey())
                .add(spec.order().concurrencyKey())
                .add(spec.timeouts().toString())
                .add(set(needs.capabilities()))
                .add(set(needs.workerLabels()))
                .add(needs.affinity())
                .add(needs.memoryBytes())
                .add(needs.waitForCapacity())
                .add(spec.attemptsMax())
                .add(set(spec.labels()))
                .add(String.valueOf(spec.retention()));
    }

    private static ArrayNode set(List<String> words) {
        var sorted = NODES.arrayNode();
        words.stream().distinct().sorted().forEach(sorted::add);
        return sorted;
    }

    /** Wrapped when it is no JSON, so that it is never taken for JSON that says the same. */
    private static JsonNode payload(String text) {
        try {
            var tree = JSON.readTree(text);
            return tree == null || tree.isMissingNode() ? NODES.arrayNode().add(text) : sorted(tree);
        } catch (JsonProcessingException noJson) {
            return NODES.arrayNode().add("").add(text);
        }
    }

    private static JsonNode sorted(JsonNode tree) {
        if (tree.isArray()) {
            var items = new ArrayList<JsonNode>();
            tree.forEach(item -> items.add(sorted(item)));
            return new ArrayNode(NODES, items);
        }
        if (!tree.isObject()) {
            return tree;
        }
        var names = new TreeMap<String, JsonNode>();
        tree.properties().forEach(field -> names.put(field.getKey(), sorted(field.getValue())));
        var object = new ObjectNode(NODES);
        names.forEach(object::set);
        return object;
    }
}
