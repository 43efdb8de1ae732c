package dev.skein.pipeline.vpl.connector;

import static dev.skein.pipeline.vpl.connector.ConnectorType.Value.FLAG;
import static dev.skein.pipeline.vpl.connector.ConnectorType.Value.TEXT;
import static dev.skein.pipeline.vpl.connector.ConnectorType.Value.WHOLE;

import dev.skein.pipeline.vpl.connector.ConnectorType.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every kind of connector that the registry knows, those without an implementation in this build included. */
public final class ConnectorTypes {
    /** Parameters whose values are never shown. */
    public static final Set<String> SECRETS = Set.of("password", "token", "secret", "api_key", "key", "credentials");

    private static final Map<String, Value> TOPIC = Map.of("topic", TEXT);
    private static final Map<String, Value> MQTT = Map.ofEntries(
            Map.entry("host", TEXT),
            Map.entry("port", WHOLE),
            Map.entry("version", TEXT),
            Map.entry("username", TEXT),
            Map.entry("password", TEXT),
            Map.entry("client_id", TEXT),
            Map.entry("tls", FLAG),
            Map.entry("topic", TEXT),
            Map.entry("qos", WHOLE),
            Map.entry("retain", FLAG),
            Map.entry("keep_alive", WHOLE),
            Map.entry("session_expiry", WHOLE));
    private static final Map<String, Value> HTTP =
            Map.of("url", TEXT, "token", TEXT, "api_key", TEXT, "timeout", WHOLE);

    private static final Map<String, ConnectorType> ALL = byName(
            new ConnectorType("console", Map.of(), Set.of(), TOPIC, Map.of(), true, false),
            new ConnectorType("log", Map.of(), Set.of(), TOPIC, Map.of(), true, false),
            new ConnectorType("cluster", TOPIC, Set.of("topic"), TOPIC, Map.of(), true, false),
            new ConnectorType(
                    "mqtt",
                    MQTT,
                    Set.of("host"),
                    Map.of("topic", TEXT, "qos", WHOLE, "retain", FLAG),
                    Map.of("topic", TEXT, "qos", WHOLE),
                    true,
                    true),
            new ConnectorType("http", HTTP, Set.of("url"), Map.of(), Map.of(), true, false),
            new ConnectorType("kafka", Map.of("brokers", TEXT), Set.of("brokers"), TOPIC, TOPIC, false, false),
            new ConnectorType("nats", Map.of("servers", TEXT), Set.of("servers"), TOPIC, TOPIC, false, false));

    private ConnectorTypes() {}

    /** Null when there is no such kind. */
    public static @Nullable ConnectorType find(@Nullable String name) {
        return name == null ? null : ALL.get(name);
    }

    /** In alphabetical order. */
    public static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /** Those that a program may use in this build, in alphabetical order. */
    public static List<String> working() {
        return ALL.values().stream()
                .filter(ConnectorType::works)
                .map(ConnectorType::name)
                .toList();
    }

    private static Map<String, ConnectorType> byName(ConnectorType... types) {
        var all = new TreeMap<String, ConnectorType>();
        for (var type : types) {
            all.put(type.name(), type);
        }
        return all;
    }
}
