package dev.skein.coordinator.job.rows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a row that are kept as JSON text. */
final class JobJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();

    private JobJson() {}

    static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records are always JSON", e);
        }
    }

    static @Nullable String optional(@Nullable Object value) {
        return value == null ? null : text(value);
    }

    static <T> T read(String text, Class<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what is written there cannot be read", e);
        }
    }

    static <T> @Nullable T readOptional(@Nullable String text, Class<T> type) {
        return text == null ? null : read(text, type);
    }

    static String words(List<String> words) {
        return words.isEmpty() ? "" : text(words);
    }

    static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(read(text, String[].class));
    }
}
