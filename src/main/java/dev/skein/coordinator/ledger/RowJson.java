package dev.skein.coordinator.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.vpl.Diagnostic;
import java.util.List;

/** The parts of a row that are kept as JSON text. */
final class RowJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final TypeReference<List<Diagnostic>> DIAGNOSTICS = new TypeReference<>() {};

    private RowJson() {}

    static GroupSpec spec(String text) {
        try {
            return JSON.readValue(text, GroupSpec.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored group cannot be read", e);
        }
    }

    static List<Diagnostic> diagnostics(String text) {
        try {
            return JSON.readValue(text, DIAGNOSTICS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored diagnostics cannot be read", e);
        }
    }

    static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records are always JSON", e);
        }
    }
}
