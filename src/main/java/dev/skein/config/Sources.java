package dev.skein.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.skein.config.Settings.Value;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where settings come from, weakest first: file, environment, arguments. A later one replaces an earlier one key by
 * key.
 *
 * <p>In a file {@code http: {port: 9100}} and {@code http.port: 9100} are the same, and a list is joined with commas.
 * In the environment {@code http.port} is {@code SKEIN_HTTP_PORT}.
 */
public final class Sources {
    private static final String ENVIRONMENT_PREFIX = "SKEIN_";
    private static final ObjectMapper YAML = new YAMLMapper() // reads JSON too
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private final Map<String, Value> values = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    /** Adds a YAML or JSON file or, when the text begins with a brace, inline JSON. */
    public Sources configuration(String pathOrJson) {
        boolean inline = pathOrJson.stripLeading().startsWith("{");
        var origin = inline ? "inline configuration" : "file " + pathOrJson;
        var found = new TreeMap<String, String>();
        flatten("", parse(inline ? pathOrJson : read(pathOrJson), origin), origin, found);
        found.forEach((key, text) -> put(key, text, origin));
        return this;
    }

    /**
     * Adds environment variables.
     *
     * @param known the keys there are; a variable is matched to the key whose name it spells
     * @param aliases other variable names and the keys they stand for; a {@code SKEIN_} variable wins over its alias
     * @param ignored {@code SKEIN_} variables that are not settings
     */
    public Sources environment(
            Map<String, String> environment, Set<String> known, Map<String, String> aliases, Set<String> ignored) {
        aliases.forEach((variable, key) -> put(key, environment.getOrDefault(variable, ""), "environment " + variable));
        var byVariable = known.stream().collect(Collectors.toMap(Sources::variable, key -> key));
        environment.forEach((variable, text) -> {
            if (variable.startsWith(ENVIRONMENT_PREFIX) && !ignored.contains(variable)) {
                put(byVariable.getOrDefault(variable, spelled(variable)), text, "environment " + variable);
            }
        });
        return this;
    }

    /** Adds {@code --key=value} arguments. */
    public Sources arguments(List<String> arguments) {
        for (var argument : arguments) {
            int equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                throw new SettingsException(List.of("expected --key=value, got " + argument));
            }
            put(argument.substring(2, equals), argument.substring(equals + 1), "argument");
        }
        return this;
    }

    /** Adds settings made by a command's own flags. */
    public Sources flags(Map<String, String> flags) {
        flags.forEach((key, text) -> put(key, text, "argument"));
        return this;
    }

    public Settings settings() {
        return new Settings(values, faults);
    }

    /** The environment variable that stands for a key. */
    public static String variable(String key) {
        return ENVIRONMENT_PREFIX
                + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static String spelled(String variable) {
        return variable.substring(ENVIRONMENT_PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '.');
    }

    private void put(String key, String text, String origin) {
        if (!text.isEmpty()) {
            values.put(key, new Value(text, origin));
        }
    }

    private void flatten(String prefix, JsonNode node, String origin, Map<String, String> found) {
        if (node.isObject()) {
            node.fields()
                    .forEachRemaining(field -> flatten(
                            prefix.isEmpty() ? field.getKey() : prefix + "." + field.getKey(),
                            field.getValue(),
                            origin,
                            found));
        } else if (!node.isNull() && !node.isMissingNode()) {
            var text = node.isArray()
                    ? String.join(",", new ObjectMapper().convertValue(node, String[].class))
                    : node.asText();
            if (found.put(prefix, text) != null) {
                faults.add("%s is given twice, flat and nested (%s); keep one".formatted(prefix, origin));
            }
        }
    }

    private static JsonNode parse(String text, String origin) {
        try {
            var tree = YAML.readTree(text);
            if (tree.isObject() || tree.isMissingNode() || tree.isNull()) {
                return tree;
            }
            throw new SettingsException(List.of(origin + " must hold keys and values"));
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            var where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new SettingsException(List.of(origin + " is neither YAML nor JSON" + where + ": " + firstLine(e)));
        }
    }

    private static String firstLine(JsonProcessingException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("");
    }

    private static String read(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException | InvalidPathException e) {
            throw new SettingsException(
                    List.of("file %s %s; give -conf a YAML or JSON file".formatted(path, reason(path, e))));
        }
    }

    private static String reason(String path, Exception failure) {
        if (failure instanceof NoSuchFileException || failure instanceof InvalidPathException) {
            return "does not exist";
        }
        if (failure instanceof CharacterCodingException) {
            return "is not text in UTF-8";
        }
        return Files.isDirectory(Path.of(path)) ? "is a folder" : "cannot be read by this user";
    }
}
