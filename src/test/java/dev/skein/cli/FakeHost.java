package dev.skein.cli;

import dev.skein.client.SkeinClient;
import dev.skein.config.Settings;
import dev.skein.config.Sources;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A host without a node: it remembers with which settings one would have been started. */
public final class FakeHost implements CliHost {
    public final Map<String, String> environment = new HashMap<>();
    public @Nullable Map<String, String> started;
    public @Nullable String startedWith;

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public Settings loadSettings(@Nullable String configuration, Map<String, String> flags) {
        var sources = new Sources();
        if (configuration != null) {
            sources.configuration(configuration);
        }
        var settings = sources.flags(flags).settings();
        settings.integer("http.port", 9100, 0, 65_535);
        settings.text("http.host", "127.0.0.1");
        settings.secret("http.api-key");
        settings.text("node.data-dir", "data");
        settings.flag("cluster.enabled", false);
        return settings;
    }

    @Override
    public int startNode(@Nullable String configuration, Map<String, String> flags) {
        startedWith = configuration;
        started = Map.copyOf(flags);
        return 0;
    }

    @Override
    public int serveEditor(SkeinClient client, @Nullable String workspace) {
        throw new UnsupportedOperationException("no editor in this test");
    }
}
