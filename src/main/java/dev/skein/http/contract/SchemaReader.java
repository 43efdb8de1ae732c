package dev.skein.http.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.http.contract.Schema.Form;
import dev.skein.http.contract.Schema.Limits;
import dev.skein.http.contract.Schema.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Compiles the schemas of the contract; a keyword it does not know fails the start rather than going unchecked. */
final class SchemaReader {
    private static final String WORDS = "x-must"; // what a pattern asks for, in words
    private static final String CLOSED = "additionalProperties"; // false: those that are not listed are refused
    private static final Set<String> KNOWN = Set.of(
            "type",
            "required",
            "properties",
            "items",
            "enum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "pattern",
            WORDS,
            CLOSED,
            "minimum",
            "maximum");
    private static final Set<String> FOR_READERS = Set.of("description", "default", "format", "nullable");

    private final JsonNode document;

    SchemaReader(JsonNode document) {
        this.document = document;
    }

    /** The node itself, or what its {@code $ref} within the document leads to. */
    JsonNode resolved(JsonNode node) {
        var reference = node.path("$ref").asText("");
        if (reference.isEmpty()) {
            return node;
        }
        var target = document.at(reference.substring(1)); // after the #
        if (target.isMissingNode()) {
            throw new IllegalStateException("openapi.yaml has no " + reference);
        }
        return resolved(target);
    }

    Schema read(JsonNode given) {
        var node = resolved(given);
        node.fieldNames().forEachRemaining(SchemaReader::requireKnown);
        Map<String, Schema> properties = new LinkedHashMap<>();
        node.path("properties")
                .properties()
                .forEach(property -> properties.put(property.getKey(), read(property.getValue())));
        return new Schema(
                Type.valueOf(node.path("type").asText("any").toUpperCase(Locale.ROOT)),
                properties,
                new LinkedHashSet<>(texts(node.path("required"))),
                node.has(CLOSED) && !node.path(CLOSED).asBoolean(true),
                node.has("items") ? read(node.get("items")) : null,
                limits(node));
    }

    private static void requireKnown(String keyword) {
        if (!KNOWN.contains(keyword) && !FOR_READERS.contains(keyword)) {
            throw new IllegalStateException("openapi.yaml uses the schema keyword " + keyword);
        }
    }

    private static Limits limits(JsonNode node) {
        return new Limits(
                node.path("minimum").asDouble(Double.NEGATIVE_INFINITY),
                node.path("maximum").asDouble(Double.POSITIVE_INFINITY),
                node.path("minLength").asInt(node.path("minItems").asInt(0)),
                node.path("maxLength").asInt(node.path("maxItems").asInt(Integer.MAX_VALUE)),
                node.has("pattern") ? form(node) : null,
                texts(node.path("enum")));
    }

    private static Form form(JsonNode node) {
        if (!node.has(WORDS)) {
            throw new IllegalStateException("openapi.yaml has a pattern without " + WORDS);
        }
        return new Form(
                Pattern.compile(node.get("pattern").asText()), node.get(WORDS).asText());
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
