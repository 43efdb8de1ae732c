package dev.skein.http.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.skein.http.contract.Operation.Query;
import dev.skein.kernel.ByteSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The whole contract.
 *
 * @param text the document as it is served
 */
public record Contract(List<Operation> operations, String text) {
    private static final String RESOURCE = "/openapi.yaml";
    private static final int BODY_BYTES_MAX = 1 << 20;
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

    public Contract {
        operations = List.copyOf(operations);
    }

    /** Reads the document of this jar. */
    public static Contract load() {
        try (var in = Contract.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the jar holds no " + RESOURCE);
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Contract parse(String text) throws IOException {
        var document = new YAMLMapper().readTree(text);
        var reader = new SchemaReader(document);
        var operations = new ArrayList<Operation>();
        for (var path : document.path("paths").properties()) {
            for (var method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    operations.add(operation(path.getKey(), method.getKey(), method.getValue(), reader));
                }
            }
        }
        return new Contract(operations, text);
    }

    private static Operation operation(String path, String method, JsonNode node, SchemaReader reader) {
        var body = node.at("/requestBody/content/application~1json/schema");
        var size = node.path("x-body-max").asText("");
        return new Operation(
                node.path("operationId").asText(),
                method.toUpperCase(Locale.ROOT),
                path,
                Access.of(node.path("x-role").asText()),
                Family.of(node.path("x-family").asText()),
                size.isEmpty() ? BODY_BYTES_MAX : (int) ByteSize.parse(size),
                body.isMissingNode() ? null : reader.read(body),
                !node.at("/requestBody/required").asBoolean(),
                node.path("x-hand-checked").asBoolean(),
                node.path("x-rate-exempt").asBoolean(),
                node.path("x-takes-work").asBoolean(),
                query(node.path("parameters"), reader));
    }

    private static List<Query> query(JsonNode parameters, SchemaReader reader) {
        var query = new ArrayList<Query>();
        for (var given : parameters) {
            var parameter = reader.resolved(given);
            if (parameter.path("in").asText().equals("query")) {
                var fallback = parameter.at("/schema/default");
                query.add(new Query(
                        parameter.path("name").asText(),
                        reader.read(parameter.path("schema")),
                        fallback.isMissingNode() ? null : fallback.asText()));
            }
        }
        return List.copyOf(query);
    }
}
