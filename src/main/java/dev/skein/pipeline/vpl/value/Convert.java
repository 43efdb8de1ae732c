package dev.skein.pipeline.vpl.value;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import dev.skein.pipeline.event.EventJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** From one kind of value to another: declared types, texts, and what a loop runs over. */
public final class Convert {
    private static final double PLAIN_MIN = 1e-6;
    private static final double PLAIN_MAX = 1e21;

    private Convert() {}

    /** A value for a declared {@code int}: null passes, another kind is a {@link Fault}. */
    public static @Nullable Object toInt(@Nullable Object value) {
        if (value == null || value instanceof Long) {
            return value;
        }
        throw Fault.type("int", value);
    }

    /** A value for a declared {@code float}: an int widens, null passes, another kind is a {@link Fault}. */
    public static @Nullable Object toFloat(@Nullable Object value) {
        if (value instanceof Long number) {
            return number.doubleValue();
        }
        if (value == null || value instanceof Double) {
            return value;
        }
        throw Fault.type("float", value);
    }

    /** A value for a declared {@code bool}: null passes, another kind is a {@link Fault}. */
    public static @Nullable Object toBool(@Nullable Object value) {
        if (value == null || value instanceof Boolean) {
            return value;
        }
        throw Fault.type("bool", value);
    }

    /** A value for a declared {@code str}: null passes, another kind is a {@link Fault}. */
    public static @Nullable Object toStr(@Nullable Object value) {
        if (value == null || value instanceof String) {
            return value;
        }
        throw Fault.type("str", value);
    }

    /** The end of a range; anything but an int is a {@link Fault}. */
    public static long bound(@Nullable Object value) {
        if (value instanceof Long number) {
            return number;
        }
        throw Fault.type("int as the end of a range", value == null ? "null" : value);
    }

    /** What {@code for} takes from an array, a map (as {@code [key, value]}) or an int n (as 0…n-1). */
    public static Iterator<? extends @Nullable Object> iterate(@Nullable Object value) {
        if (value instanceof Long end) {
            return LongStream.range(0, end).iterator();
        }
        if (value instanceof List<?> items) {
            return items.iterator();
        }
        if (value instanceof Map<?, ?> entries) {
            var pairs = new ArrayList<List<?>>();
            entries.forEach((key, item) -> pairs.add(Arrays.asList(key, item)));
            return pairs.iterator();
        }
        throw new Fault(Fault.TYPE, "for cannot run over " + typeOf(value), 0);
    }

    /** The name of the value's type. */
    public static String typeOf(@Nullable Object value) {
        if (value instanceof Long) {
            return "int";
        }
        if (value instanceof Double) {
            return "float";
        }
        if (value instanceof String) {
            return "string";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        return value instanceof List ? "array" : value instanceof Map ? "map" : "null";
    }

    /** {@code to_string}: texts as they are, arrays and maps as JSON. */
    public static String text(@Nullable Object value) {
        if (value instanceof Double number) {
            return text(number.doubleValue());
        }
        return value instanceof List || value instanceof Map ? json(value) : String.valueOf(value);
    }

    /** The shortest text that reads back equal, always with a fraction or an exponent: 1.0, 0.1, 1e21. */
    public static String text(double number) {
        var shortest = DoubleToDecimal.toString(number);
        double size = Math.abs(number);
        if (!Double.isFinite(number) || size == 0) {
            return shortest;
        }
        int exponent = shortest.indexOf('E');
        if (size >= PLAIN_MIN && size < PLAIN_MAX) {
            return exponent < 0 ? shortest : plain(shortest);
        }
        var digits = shortest.substring(0, exponent);
        var suffix = "e" + shortest.substring(exponent + 1);
        var oneDigit = new BigDecimal(digits).setScale(0, RoundingMode.HALF_UP) + suffix;
        boolean enough = Double.parseDouble(oneDigit) == number; // Java always writes two digits, where one may do
        return enough ? oneDigit : digits + suffix;
    }

    private static String plain(String scientific) {
        var plain = new BigDecimal(scientific).stripTrailingZeros().toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }

    private static String json(Object value) {
        var text = new StringWriter();
        try (var generator = EventJson.FACTORY.createGenerator(text)) {
            EventJson.writeValue(value, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
