package dev.skein.http.live.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.skein.pipeline.Alerts.Alert;
import dev.skein.pipeline.Observation;
import dev.skein.pipeline.Observation.Snapshot;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first screen as a tree: what the coordinator says, in the precision that people see, within the size that may be
 * sent, with the true counts beside whatever had to be left out.
 */
public final class View {
    /** Longest text that is passed on, in UTF-16 units; the length of a longer one is shown with its beginning. */
    static final int TEXT_MAX = 512;

    private static final int KEY_MAX = 256;
    private static final MathContext THREE_DIGITS = new MathContext(3);
    private static final long AGE_STEP_MILLIS = 1_000;

    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule().addSerializer(Instant.class, new InMillis()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private static final class InMillis extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant time, JsonGenerator json, SerializerProvider none) throws IOException {
            json.writeString(inMillis(time));
        }
    }

    private View() {}

    /** A time as the API writes it. */
    static String inMillis(Instant time) {
        return MILLIS.format(time);
    }

    /** Before any coordinator has answered. */
    public static ObjectNode empty() {
        var view = JsonNodeFactory.instance.objectNode();
        view.put("cluster", "").put("leader", "").put("epoch", 0).put("version", "");
        Worst.COLLECTIONS.forEach(view::putObject);
        counted(view);
        return view;
    }

    /**
     * What a coordinator says.
     *
     * @param bytesMax limit of the encoded tree; over it only the worst of each collection stay
     */
    public static ObjectNode of(Snapshot snapshot, int bytesMax) {
        var view = (ObjectNode) plain(JSON.valueToTree(snapshot));
        counted(view);
        return Worst.within(view, bytesMax);
    }

    /** The same view with alerts that no coordinator can raise. */
    public static ObjectNode withAlerts(ObjectNode view, List<Alert> more) {
        var missing = more.stream()
                .filter(alert -> !view.path("alerts").has(alert.id()))
                .toList();
        if (missing.isEmpty()) {
            return view;
        }
        var copy = view.deepCopy();
        missing.forEach(alert -> copy.withObjectProperty("alerts")
                .set(
                        alert.id(),
                        plain(JSON.valueToTree(
                                new Observation.Alert(alert.id(), alert.severity(), alert.text(), alert.since())))));
        var counts = copy.withObjectProperty("counts");
        counts.put("alerts", counts.path("alerts").asInt() + missing.size());
        return copy;
    }

    /** The same view while the coordinator has been silent since then, or is heard again when that is null. */
    public static ObjectNode withCoordinator(ObjectNode view, @Nullable Instant silentSince) {
        var copy = JsonNodeFactory.instance.objectNode();
        copy.setAll(view);
        var coordinator = copy.putObject("coordinator").put("reachable", silentSince == null);
        if (silentSince != null) {
            coordinator.put("since", inMillis(silentSince));
        }
        return copy;
    }

    /** JSON in UTF-16, as frames are sent. */
    static String encode(JsonNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    static int sizeOf(JsonNode node) {
        return encode(node).getBytes(StandardCharsets.UTF_8).length;
    }

    private static void counted(ObjectNode view) {
        var counts = view.putObject("counts");
        Worst.COLLECTIONS.forEach(name -> counts.put(name, view.path(name).size()));
        int up = 0;
        for (var node : view.path("nodes")) {
            up += Worst.isUp(node) ? 1 : 0;
        }
        counts.put("nodesUp", up);
    }

    private static JsonNode plain(JsonNode node) {
        return plain("", node);
    }

    /** Values as people see them, so that what looks the same is the same and makes no delta. */
    private static JsonNode plain(String name, JsonNode node) {
        if (node instanceof ObjectNode object) {
            var copy = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(member ->
                            copy.set(cut(member.getKey(), KEY_MAX), plain(member.getKey(), member.getValue())));
            return copy;
        }
        if (name.equals("heartbeatAgeMillis")) {
            return LongNode.valueOf(node.asLong() / AGE_STEP_MILLIS * AGE_STEP_MILLIS);
        }
        if (node.isDouble()) {
            return DoubleNode.valueOf(rounded(node.asDouble()));
        }
        return node.isTextual() && node.asText().length() > TEXT_MAX
                ? TextNode.valueOf(cut(node.asText(), TEXT_MAX))
                : node;
    }

    private static double rounded(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).round(THREE_DIGITS).doubleValue()
                : 0;
    }

    /** Long text by its beginning, its length and, so that two of them stay two, its hash. */
    private static String cut(String text, int max) {
        return text.length() <= max
                ? text
                : "%s… (%d characters, %08x)".formatted(text.substring(0, max), text.length(), text.hashCode());
    }
}
