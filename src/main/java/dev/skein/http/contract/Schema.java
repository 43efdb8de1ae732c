package dev.skein.http.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a value must look like, compiled from the contract. {@code null} for a field that is not required is the same as
 * leaving it out.
 *
 * @param isClosed whether fields that are not among the properties are refused; else they are let through
 */
public record Schema(
        Type type,
        Map<String, Schema> properties,
        Set<String> required,
        boolean isClosed,
        @Nullable Schema items,
        Limits limits) {
    /** What JSON tells apart. */
    public enum Type {
        OBJECT("an object"),
        ARRAY("a list"),
        STRING("text"),
        INTEGER("a whole number"),
        NUMBER("a number"),
        BOOLEAN("true or false"),
        ANY("anything");

        private final String words;

        Type(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** Bounds of a text's or list's length and of a number's value; the choices of a text, empty for any. */
    record Limits(
            double min,
            double max,
            int lengthMin,
            int lengthMax,
            @Nullable Form form,
            List<String> choices) {}

    /** @param words what the text must do to match, after "must" */
    record Form(Pattern pattern, String words) {}

    /** Notes everything wrong with {@code value}, which goes by {@code name}; an empty name is the whole body. */
    public void check(JsonNode value, String name, Faults faults) {
        if (!matches(value)) {
            faults.wrong(
                    name.isEmpty() ? "the body" : name,
                    type.words,
                    isTooLong(value) ? "one that is too large" : wordsOf(value));
            return;
        }
        switch (type) {
            case OBJECT -> checkFields(value, name, faults);
            case ARRAY -> checkItems(value, name, faults);
            case STRING -> checkText(value.textValue(), name, faults);
            case INTEGER, NUMBER -> checkNumber(value, name, faults);
            case BOOLEAN, ANY -> {} // the type says it all
        }
    }

    private boolean isTooLong(JsonNode value) {
        return type == Type.INTEGER && value.isIntegralNumber();
    }

    private boolean matches(JsonNode value) {
        return switch (type) {
            case OBJECT -> value.isObject();
            case ARRAY -> value.isArray();
            case STRING -> value.isTextual();
            case INTEGER -> value.isIntegralNumber() && value.canConvertToLong();
            case NUMBER -> value.isNumber();
            case BOOLEAN -> value.isBoolean();
            case ANY -> true;
        };
    }

    private void checkFields(JsonNode object, String name, Faults faults) {
        var prefix = name.isEmpty() ? "" : name + ".";
        properties.forEach((field, schema) -> {
            var value = object.get(field);
            if (value != null && !value.isNull()) {
                schema.check(value, prefix + field, faults);
            } else if (required.contains(field)) {
                faults.missing(prefix + field);
            }
        });
        if (isClosed) {
            object.fieldNames().forEachRemaining(field -> {
                if (!properties.containsKey(field)) {
                    faults.unknown(prefix + field, field, properties.keySet());
                }
            });
        }
    }

    private void checkItems(JsonNode list, String name, Faults faults) {
        checkLength(list.size(), name, "items", faults);
        for (int i = 0; i < list.size() && items != null; i++) {
            items.check(list.get(i), name + "[" + i + "]", faults);
        }
    }

    /** Notes everything wrong with a text; length is in UTF-16 units. */
    public void checkText(String text, String name, Faults faults) {
        if (limits.lengthMin == 1 && text.isEmpty()) {
            faults.add(name + " must not be empty");
            return;
        }
        checkLength(text.length(), name, "characters", faults);
        var form = limits.form;
        if (form != null
                && text.length() <= limits.lengthMax
                && !form.pattern.matcher(text).matches()) {
            faults.add(name + " must " + form.words);
        }
        if (!limits.choices.isEmpty() && !limits.choices.contains(text)) {
            faults.add(name + " must be one of " + String.join(", ", limits.choices));
        }
    }

    private void checkLength(int length, String name, String what, Faults faults) {
        if (length < limits.lengthMin || length > limits.lengthMax) {
            faults.add("%s must have %d to %d %s, got %d"
                    .formatted(name, limits.lengthMin, limits.lengthMax, what, length));
        }
    }

    private void checkNumber(JsonNode number, String name, Faults faults) {
        double value = number.doubleValue();
        if (!(value >= limits.min && value <= limits.max)) {
            faults.add(name + " must be " + bounds() + ", got " + number.asText());
        }
    }

    private String bounds() {
        if (Double.isInfinite(limits.max)) {
            return "at least " + plain(limits.min);
        }
        return Double.isInfinite(limits.min)
                ? "at most " + plain(limits.max)
                : "between " + plain(limits.min) + " and " + plain(limits.max);
    }

    private static String plain(double limit) {
        return limit == Math.rint(limit) && Math.abs(limit) <= Long.MAX_VALUE
                ? Long.toString((long) limit)
                : Double.toString(limit);
    }

    private static String wordsOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> Type.OBJECT.words;
            case ARRAY -> Type.ARRAY.words;
            case STRING -> Type.STRING.words;
            case NUMBER -> "a number";
            case BOOLEAN -> Type.BOOLEAN.words;
            default -> "null";
        };
    }
}
