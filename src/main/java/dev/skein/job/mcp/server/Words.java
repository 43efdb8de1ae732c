package dev.skein.job.mcp.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.job.mcp.JsonRpc;
import dev.skein.kernel.ByteSize;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads settings that all begin with the same key. What is wrong is refused with the key. */
final class Words {
    private final Map<String, String> all;
    private final String prefix;

    Words(Map<String, String> all, String prefix) {
        this.all = all;
        this.prefix = prefix;
    }

    /** The next words of the keys that begin with this one. */
    static List<String> below(Map<String, String> all, String prefix) {
        return all.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> key.substring(prefix.length()).split("\\.")[0])
                .distinct()
                .sorted()
                .toList();
    }

    @Nullable
    String text(String key) {
        var text = all.get(prefix + key);
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** Texts separated by commas or, for those with commas in them, an array in JSON. */
    List<String> list(String key) {
        var text = text(key);
        if (text == null) {
            return List.of();
        }
        if (!text.startsWith("[")) {
            return Stream.of(text.split(","))
                    .map(String::strip)
                    .filter(item -> !item.isEmpty())
                    .toList();
        }
        var items = new ArrayList<String>();
        JsonNode tree = JsonRpc.parse(text.getBytes(StandardCharsets.UTF_8));
        if (tree == null) {
            throw wrong(key, "must be texts separated by commas or an array in JSON");
        }
        tree.forEach(item -> items.add(item.asText()));
        return items;
    }

    /** {@code A=b,C=d} as a map. */
    Map<String, String> pairs(String key) {
        var pairs = new TreeMap<String, String>();
        for (var item : list(key)) {
            int equals = item.indexOf('=');
            if (equals < 1) {
                throw wrong(key, "must be NAME=value, separated by commas");
            }
            pairs.put(
                    item.substring(0, equals).strip(),
                    item.substring(equals + 1).strip());
        }
        return pairs;
    }

    /** By the rest of the key, those that begin with {@code key} and a dot. */
    Map<String, String> under(String key) {
        var found = new TreeMap<String, String>();
        all.forEach((name, text) -> {
            var start = prefix + key + ".";
            if (name.startsWith(start)) {
                found.put(name.substring(start.length()), text);
            }
        });
        return found;
    }

    int integer(String key, int fallback) {
        return (int) whole(key, fallback);
    }

    long whole(String key, long fallback) {
        var text = text(key);
        try {
            return text == null ? fallback : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw wrong(key, "must be a whole number");
        }
    }

    long bytes(String key, long fallback) {
        var text = text(key);
        try {
            return text == null ? fallback : ByteSize.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong(key, "must be a size like 64KiB, 8MiB or 2GiB");
        }
    }

    Duration duration(String key, Duration fallback) {
        var text = text(key);
        try {
            return text == null ? fallback : Duration.parse("PT" + text);
        } catch (DateTimeParseException e) {
            throw wrong(key, "must be a duration like 30s, 10m or 2h");
        }
    }

    IllegalArgumentException wrong(String key, String what) {
        return new IllegalArgumentException(prefix + key + " " + what);
    }
}
