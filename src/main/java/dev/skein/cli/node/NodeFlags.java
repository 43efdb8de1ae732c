package dev.skein.cli.node;

import dev.skein.cli.terminal.Failure;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects settings from flags; a flag that was not given leaves its setting to file, environment or default. */
final class NodeFlags {
    private static final int PORT_MAX = 65_535;

    private final Map<String, String> settings = new LinkedHashMap<>();

    NodeFlags set(String key, @Nullable Object value) {
        if (value != null) {
            settings.put(key, value.toString());
        }
        return this;
    }

    NodeFlags port(@Nullable Integer port) {
        if (port != null && (port < 0 || port > PORT_MAX)) {
            throw Failure.usage("--port must be between 0 and " + PORT_MAX + ", got " + port);
        }
        return set("http.port", port);
    }

    NodeFlags coordinator(@Nullable String url) {
        if (url != null && !isUrl(url)) {
            throw Failure.usage("--coordinator must be an address like http://localhost:9100, got " + url);
        }
        return set("worker.coordinator", url);
    }

    NodeFlags verticles(List<String> roles) {
        return set("verticles", String.join(",", roles));
    }

    Map<String, String> settings() {
        return settings;
    }

    private static boolean isUrl(String text) {
        try {
            var uri = URI.create(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
