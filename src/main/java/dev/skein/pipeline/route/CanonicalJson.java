package dev.skein.pipeline.route;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One text per value, whatever way the value was written: whole numbers without fraction, names of a map in order, no
 * white space, only what must be escaped is. NaN and the infinities are null.
 */
final class CanonicalJson {
    private static final double WHOLE_MAX = 1e21; // beyond it the exponent is kept, as in ECMAScript

    private final StringBuilder text = new StringBuilder();

    private CanonicalJson() {}

    static String of(@Nullable Object value) {
        var json = new CanonicalJson();
        json.write(value);
        return json.text.toString();
    }

    private void write(@Nullable Object value) {
        if (value instanceof String string) {
            writeString(string);
        } else if (value instanceof Double number) {
            writeFloat(number);
        } else if (value instanceof List<?> items) {
            writeArray(items);
        } else if (value instanceof Map<?, ?> entries) {
            writeMap(entries);
        } else {
            text.append(value); // null, true, false and ints
        }
    }

    private void writeFloat(double number) {
        if (!Double.isFinite(number)) {
            text.append("null");
        } else if (number == Math.rint(number) && Math.abs(number) < WHOLE_MAX) {
            text.append(new BigDecimal(number).toBigInteger());
        } else {
            text.append(NumberOutput.toString(number, true)); // the same on every JDK, unlike Double.toString
        }
    }

    private void writeArray(List<?> items) {
        text.append('[');
        for (int i = 0; i < items.size(); i++) {
            text.append(i == 0 ? "" : ",");
            write(items.get(i));
        }
        text.append(']');
    }

    private void writeMap(Map<?, ?> entries) {
        var sorted = new TreeMap<String, @Nullable Object>();
        entries.forEach((name, value) -> sorted.put(String.valueOf(name), value));
        text.append('{');
        var separator = "";
        for (var entry : sorted.entrySet()) {
            text.append(separator);
            separator = ",";
            writeString(entry.getKey());
            text.append(':');
            write(entry.getValue());
        }
        text.append('}');
    }

    private void writeString(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            writeChar(string.charAt(i));
        }
        text.append('"');
    }

    private void writeChar(char c) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\b' -> text.append("\\b");
            case '\f' -> text.append("\\f");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> text.append(c < ' ' ? "\\u%04x".formatted((int) c) : Character.toString(c));
        }
    }
}
