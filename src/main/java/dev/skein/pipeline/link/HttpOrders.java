package dev.skein.pipeline.link;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.skein.pipeline.Events.Delivered;
import dev.skein.pipeline.Hosting.Deploy;
import dev.skein.pipeline.Hosting.Deployed;
import dev.skein.pipeline.Hosting.Hosted;
import dev.skein.pipeline.Hosting.Listed;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.event.EventJson;
import dev.skein.pipeline.vpl.Diagnostic;
import dev.skein.pipeline.vpl.Diagnostic.Severity;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The worker endpoints' bodies, in and out. */
final class HttpOrders {
    private static final ObjectMapper JSON = new ObjectMapper();

    private HttpOrders() {}

    /** What a refusal said. */
    record Refusal(String text, @Nullable String code) {
        String codeOr(String fallback) {
            return code == null ? fallback : code;
        }
    }

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private static Buffer written(Body body) {
        var bytes = new ByteArrayOutputStream();
        try (var json = EventJson.FACTORY.createGenerator(bytes)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    static Buffer deploy(Deploy order) {
        return written(json -> {
            json.writeStringField("name", order.name());
            json.writeStringField("source", order.source());
            if (order.groupId() != null) {
                json.writeStringField("group_id", order.groupId());
            }
            json.writeNumberField("epoch", order.epoch());
            writeConnectors(order, json);
        });
    }

    private static void writeConnectors(Deploy order, JsonGenerator json) throws IOException {
        if (order.connectors().isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("connectors");
        for (var connector : order.connectors()) {
            json.writeStartObject();
            json.writeStringField("name", connector.name());
            json.writeStringField("connector_type", connector.connectorType());
            json.writeObjectFieldStart("params");
            for (var param : connector.params().entrySet()) {
                json.writeStringField(param.getKey(), param.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static Buffer event(Event event) {
        return written(json -> writeEvent(event, json));
    }

    static Buffer batch(List<Event> events) {
        return written(json -> {
            json.writeArrayFieldStart("events");
            for (var event : events) {
                json.writeStartObject();
                writeEvent(event, json);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void writeEvent(Event event, JsonGenerator json) throws IOException {
        json.writeStringField("event_type", event.type());
        json.writeFieldName("fields");
        EventJson.writeFields(event, json);
        if (event.timeNanos() != 0) {
            json.writeStringField(
                    "timestamp", Instant.ofEpochSecond(0, event.timeNanos()).toString());
        }
    }

    static Deployed deployed(Buffer body) {
        var id = tree(body).path("id").asText();
        if (id.isEmpty()) {
            throw new IllegalArgumentException("no id");
        }
        return new Deployed(id, diagnostics(tree(body)));
    }

    /** The answer when the program itself was refused, null when something else was. */
    static @Nullable Deployed refusedProgram(Buffer body) {
        var diagnostics = diagnostics(tree(body));
        return diagnostics.isEmpty() ? null : new Deployed("", diagnostics);
    }

    private static List<Diagnostic> diagnostics(JsonNode body) {
        var found = new ArrayList<Diagnostic>();
        for (var each : body.path("diagnostics")) {
            var severity = "warning".equals(each.path("severity").asText()) ? Severity.WARNING : Severity.ERROR;
            found.add(new Diagnostic(
                    severity,
                    each.path("code").asText(),
                    each.path("line").asInt(),
                    each.path("column").asInt(),
                    each.path("message").asText(),
                    text(each, "hint")));
        }
        return found;
    }

    static Listed listed(Buffer body) {
        var hosted = new ArrayList<Hosted>();
        for (var each : tree(body).path("pipelines")) {
            hosted.add(new Hosted(
                    each.path("id").asText(),
                    each.path("name").asText(),
                    text(each, "group_id"),
                    each.path("epoch").asLong(),
                    each.path("status").asText(),
                    each.path("source").asText(),
                    each.path("uptime_secs").asLong(),
                    each.path("events_processed").asLong(),
                    each.path("output_events_emitted").asLong()));
        }
        return new Listed(hosted);
    }

    /** One result per event; the first holds all that the answer says. */
    static Delivered delivered(Buffer body, int events) throws IOException {
        return DeliveredJson.read(body, events);
    }

    static Refusal error(Buffer body) {
        var tree = tree(body);
        var text = text(tree, "error");
        return new Refusal(text == null ? "no reason given" : text, text(tree, "code"));
    }

    private static @Nullable String text(JsonNode node, String field) {
        var value = node.path(field);
        return value.isTextual() ? value.asText() : null;
    }

    private static JsonNode tree(Buffer body) {
        try {
            return JSON.readTree(body.getBytes());
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }
}
