package dev.skein.review.finding.lines;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.skein.kernel.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects one after another, a key at a time, strict on types. What is wrong is a {@link Problem} that names
 * line and key. Not thread-safe.
 */
final class Fields implements AutoCloseable {
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(64).build())
            .build();

    private final JsonParser json;

    Fields(InputStream from) throws IOException {
        json = FACTORY.createParser(from);
    }

    /** Something that reads from the parser. */
    interface Step<T> {
        T read() throws IOException;
    }

    /** Goes into the next object; false at the end. */
    boolean next() {
        var token = reading(json::nextToken);
        if (token != null && token != JsonToken.START_OBJECT) {
            throw fault("must be an object");
        }
        return token != null;
    }

    /** The next key of the object, with its value current; null at its end. */
    @Nullable
    String key() {
        if (reading(json::nextToken) != JsonToken.FIELD_NAME) {
            return null;
        }
        var key = reading(json::currentName);
        reading(json::nextToken);
        return key;
    }

    String text() {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw fault("must be text");
        }
        return reading(json::getText);
    }

    @Nullable
    String textOrNull() {
        return json.currentToken() == JsonToken.VALUE_NULL ? null : text();
    }

    /** A whole number from {@code least}. */
    int number(int least) {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw fault("must be a whole number");
        }
        long value = reading(json::getLongValue);
        if (value < least || value > Integer.MAX_VALUE) {
            throw fault("must be from " + least + " to " + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    /** A number from 0 to 1. */
    double share() {
        if (!json.currentToken().isNumeric()) {
            throw fault("must be a number");
        }
        double value = reading(json::getDoubleValue);
        if (!(value >= 0 && value <= 1)) {
            throw fault("must be from 0 to 1");
        }
        return value;
    }

    List<String> texts() {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw fault("must be a list of texts");
        }
        List<String> texts = new ArrayList<>();
        while (reading(json::nextToken) != JsonToken.END_ARRAY) {
            texts.add(text());
        }
        return texts;
    }

    /** Goes into the object that is the current value. */
    void object() {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw fault("must be an object");
        }
    }

    boolean isNull() {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    void skip() {
        reading(json::skipChildren);
    }

    /** What a word of a fixed set means. */
    <T> T word(Function<String, T> meaning) {
        try {
            return meaning.apply(text());
        } catch (Problem unknown) {
            throw fault(unknown.sentence());
        }
    }

    <T> T required(@Nullable T value, String key) {
        if (value == null) {
            throw Problem.invalid("line " + line() + ": " + key + " is missing");
        }
        return value;
    }

    private Problem fault(String what) {
        var key = reading(json::currentName);
        var name = key == null ? "" : key + " ";
        return Problem.invalid("line " + line() + ": " + name + what);
    }

    private int line() {
        return json.currentTokenLocation().getLineNr();
    }

    private <T> T reading(Step<T> step) {
        try {
            return step.read();
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw Problem.invalid("line " + (at == null ? 1 : at.getLineNr()) + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            json.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
