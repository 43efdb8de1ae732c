package dev.skein.job.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.skein.kernel.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is wrong with a payload, in the words of whoever wrote it; a reader's own words name classes. */
public final class PayloadFault {
    private PayloadFault() {}

    /** @param type of the job */
    public static Problem of(String type, JsonProcessingException wrong) {
        return Problem.invalid("the payload of " + type + " cannot be read: " + said(wrong));
    }

    private static String said(JsonProcessingException wrong) {
        if (wrong instanceof StreamConstraintsException) {
            return "it is nested too deeply, or holds a text or number that is too long";
        }
        if (wrong instanceof UnrecognizedPropertyException unknown) {
            var known = unknown.getKnownPropertyIds();
            var names = known == null
                    ? List.<String>of()
                    : known.stream().map(String::valueOf).sorted().toList();
            return place(unknown) + " is unknown; known are " + String.join(", ", names);
        }
        if (wrong instanceof ValueInstantiationException) {
            return "it holds null where a value is needed";
        }
        if (wrong instanceof MismatchedInputException mismatched) {
            return place(mismatched) + " must be " + words(mismatched.getTargetType());
        }
        if (wrong instanceof JsonMappingException mapping) {
            return place(mapping) + " holds what does not fit there";
        }
        var at = wrong.getLocation();
        return "it is not JSON" + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr());
    }

    private static String place(JsonMappingException wrong) {
        var path = wrong.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        return path.isEmpty() ? "the whole" : path.startsWith(".") ? path.substring(1) : path;
    }

    private static String words(@Nullable Class<?> type) {
        if (type == null) {
            return "something else";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number in range";
        }
        boolean isObject = Map.class.isAssignableFrom(type) || type.isRecord();
        return isObject ? "an object" : "text";
    }
}
