package dev.skein.http.contract;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the operations of a path, part by part; a fixed part wins over a parameter. Thread-safe once built. */
public final class Paths {
    private final Node root = new Node();

    private static final class Node {
        private final Map<String, Node> fixed = new HashMap<>();
        private final TreeMap<String, Operation> operations = new TreeMap<>();
        private @Nullable Node any;
        private String parameter = "";
    }

    /** What a path leads to, by method, and the values of its parameters. */
    public record Found(Map<String, Operation> operations, Map<String, String> parameters) {}

    public Paths(List<Operation> operations) {
        operations.forEach(this::add);
    }

    private void add(Operation operation) {
        var node = root;
        for (var part : parts(operation.path())) {
            node = part.startsWith("{") ? parameter(node, part) : node.fixed.computeIfAbsent(part, name -> new Node());
        }
        node.operations.put(operation.method(), operation);
    }

    private static Node parameter(Node node, String part) {
        if (node.any == null) {
            node.any = new Node();
        }
        node.any.parameter = part.substring(1, part.length() - 1);
        return node.any;
    }

    /** Null when no operation has this path; {@code path} is as sent, so its parts may be percent-encoded. */
    public @Nullable Found find(String path) {
        var node = root;
        Map<String, String> parameters = Map.of();
        for (var part : parts(path)) {
            var next = node.fixed.get(part);
            if (next == null) {
                var value = node.any == null || part.isEmpty() ? null : decoded(part);
                if (value == null || node.any == null) {
                    return null;
                }
                next = node.any;
                parameters = parameters.isEmpty() ? new HashMap<>(4) : parameters;
                parameters.put(next.parameter, value);
            }
            node = next;
        }
        return node.operations.isEmpty() ? null : new Found(node.operations, parameters);
    }

    private static List<String> parts(String path) {
        var parts = new ArrayList<String>(8);
        int start = 1;
        for (int slash = path.indexOf('/', 1); slash >= 0; slash = path.indexOf('/', start)) {
            parts.add(path.substring(start, slash));
            start = slash + 1;
        }
        parts.add(path.substring(Math.min(start, path.length())));
        return parts;
    }

    private static @Nullable String decoded(String part) {
        if (part.indexOf('%') < 0) {
            return part;
        }
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
