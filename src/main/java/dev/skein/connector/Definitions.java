package dev.skein.connector;

import dev.skein.kernel.Nearest;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.pipeline.Connectors;
import dev.skein.pipeline.Connectors.Definition;
import dev.skein.pipeline.vpl.connector.ConnectorType;
import dev.skein.pipeline.vpl.connector.ConnectorType.Value;
import dev.skein.pipeline.vpl.connector.ConnectorTypes;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a definition in the registry must be, and how it is shown. Pure. */
public final class Definitions {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");
    private static final List<String> TARGETS = List.of("url", "host", "port", "brokers", "servers");
    private static final int PARAMS_MAX = 64;
    private static final int TEXT_MAX = 8_192;
    private static final int PORT_MAX = 65_535;
    private static final int TYPING_ERRORS_MAX = 3;

    private Definitions() {}

    /** The refusal that names every fault. */
    public static Problem refused(List<String> faults) {
        return new Problem(Kind.INVALID, "connector_validation", String.join("; ", faults), faults);
    }

    /**
     * The definition with what was masked put back.
     *
     * @param stored what it replaces; null when it is new
     */
    public static Definition unmasked(Definition given, @Nullable Definition stored) {
        var params = new TreeMap<String, String>();
        given.params().forEach((key, value) -> {
            var kept = stored == null || !isSameTarget(given, stored)
                    ? null
                    : stored.params().get(key);
            params.put(key, value.equals(Connectors.MASK) && isSecret(key) && kept != null ? kept : value);
        });
        return new Definition(given.name(), given.connectorType(), params, given.description());
    }

    /** A secret that its changer may not see must not follow a target of his choice. */
    private static boolean isSameTarget(Definition given, Definition stored) {
        return given.connectorType().equals(stored.connectorType())
                && TARGETS.stream()
                        .allMatch(key -> Objects.equals(
                                given.params().get(key), stored.params().get(key)));
    }

    /** The definition as it may be shown. */
    public static Definition masked(Definition whole) {
        var params = new TreeMap<String, String>();
        whole.params().forEach((key, value) -> params.put(key, isSecret(key) ? Connectors.MASK : value));
        return new Definition(whole.name(), whole.connectorType(), params, whole.description());
    }

    private static boolean isSecret(String key) {
        return ConnectorTypes.SECRETS.contains(key.toLowerCase(Locale.ROOT));
    }

    /** Everything that is wrong with it, once unmasked. */
    public static List<String> faults(Definition whole) {
        var faults = new ArrayList<String>();
        if (!NAME.matcher(whole.name()).matches()) {
            faults.add("name must be a letter or _ and then letters, digits or _, got " + whole.name());
        }
        var type = ConnectorTypes.find(whole.connectorType());
        if (type == null) {
            faults.add(unknown(whole.connectorType()));
        } else {
            required(whole, type, faults);
            values(whole.params(), type, faults);
            places(whole.params(), faults);
        }
        if (whole.params().size() > PARAMS_MAX) {
            faults.add("params may hold " + PARAMS_MAX + " parameters, these are "
                    + whole.params().size());
        }
        return List.copyOf(faults);
    }

    private static String unknown(String type) {
        var hint = Nearest.to(type, ConnectorTypes.names(), TYPING_ERRORS_MAX)
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
        var got = type.isBlank() ? "nothing" : type + hint;
        return "connector_type must be one of " + String.join(", ", ConnectorTypes.names()) + ", got " + got;
    }

    private static void required(Definition whole, ConnectorType type, List<String> faults) {
        type.required().stream()
                .sorted()
                .filter(key -> whole.params().getOrDefault(key, "").isBlank())
                .forEach(key -> faults.add("params." + key + " is required by type " + type.name()));
    }

    private static void values(Map<String, String> params, ConnectorType type, List<String> faults) {
        for (var param : new TreeMap<>(params).entrySet()) {
            var key = param.getKey();
            if (param.getValue().length() > TEXT_MAX) {
                faults.add("params." + key + " is longer than " + TEXT_MAX + " characters");
            } else if (isSecret(key) && param.getValue().equals(Connectors.MASK)) {
                faults.add("params." + key + " is *** and no value of it is stored");
            } else if (!fits(param.getValue(), type.parameters().getOrDefault(key, Value.TEXT))) {
                faults.add("params." + key + " must be "
                        + (type.parameters().get(key) == Value.FLAG ? "true or false" : "a whole number"));
            }
        }
    }

    /** What is certain to be refused when a program opens it is refused now. */
    private static void places(Map<String, String> params, List<String> faults) {
        var url = params.get("url");
        if (url != null && !url.isBlank() && !isWeb(url)) {
            faults.add("params.url must be http:// or https:// with a host and without a user");
        }
        var port = params.getOrDefault("port", "");
        if (port.matches("\\d{1,9}") && (Integer.parseInt(port) < 1 || Integer.parseInt(port) > PORT_MAX)) {
            faults.add("params.port must be 1 to " + PORT_MAX + ", got " + port);
        }
    }

    /** Whether it can be called; a user would be shown to everybody who may read, and belongs into other parameters. */
    public static boolean isWeb(String text) {
        try {
            var url = URI.create(text);
            boolean isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            return isHttp && url.getHost() != null && url.getRawUserInfo() == null;
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    private static boolean fits(String text, Value kind) {
        return switch (kind) {
            case TEXT -> true;
            case WHOLE -> text.matches("\\d{1,9}");
            case FLAG -> text.equals("true") || text.equals("false");
        };
    }
}
