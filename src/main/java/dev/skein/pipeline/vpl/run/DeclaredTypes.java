package dev.skein.pipeline.vpl.run;

import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.vpl.ast.TypeName;
import dev.skein.pipeline.vpl.resolved.EventType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Makes arriving events fit their declarations: ints widen to floats, what has the wrong kind becomes null. */
final class DeclaredTypes {
    private final Map<String, List<EventType.Field>> types = new HashMap<>();

    DeclaredTypes(Collection<EventType> declared) {
        declared.forEach(type -> types.put(type.name(), type.fields()));
    }

    /** @param typeErrors counts the fields that are required and have the wrong kind */
    Event fit(Event event, LongAdder typeErrors) {
        var fields = types.isEmpty() ? null : types.get(event.type());
        return fields == null ? event : fit(event, fields, typeErrors);
    }

    private static Event fit(Event event, List<EventType.Field> fields, LongAdder typeErrors) {
        @Nullable Object @Nullable [] changed = null;
        for (var field : fields) {
            int slot = event.shape().slot(field.name());
            var value = slot < 0 ? null : event.at(slot);
            if (value != null && !fits(value, field.type())) {
                changed = changed == null ? event.values() : changed;
                changed[slot] = replacement(value, field.type(), typeErrors);
            }
        }
        return changed == null ? event : new Event(event.type(), event.shape(), event.timeNanos(), changed);
    }

    private static boolean fits(Object value, TypeName type) {
        return switch (type.base()) {
            case INT -> value instanceof Long;
            case FLOAT -> value instanceof Double;
            case BOOL -> value instanceof Boolean;
            case STR -> value instanceof String;
            case ARRAY -> value instanceof List;
            case MAP -> value instanceof Map;
            default -> true;
        };
    }

    private static @Nullable Object replacement(Object value, TypeName type, LongAdder typeErrors) {
        if (type.base() == TypeName.Base.FLOAT && value instanceof Long number) {
            return number.doubleValue();
        }
        if (!type.optional()) {
            typeErrors.increment();
        }
        return null;
    }
}
