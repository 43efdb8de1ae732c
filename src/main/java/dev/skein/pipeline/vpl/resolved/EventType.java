package dev.skein.pipeline.vpl.resolved;

import dev.skein.pipeline.vpl.ast.Position;
import dev.skein.pipeline.vpl.ast.TypeName;
import java.util.List;
import java.util.Optional;

/**
 * A declared event type.
 *
 * @param fields inherited ones first, each name once
 */
public record EventType(String name, Position at, List<Field> fields) {
    /** @param type aliases resolved */
    public record Field(String name, TypeName type) {}

    public EventType {
        fields = List.copyOf(fields);
    }

    public Optional<Field> field(String wanted) {
        return fields.stream().filter(field -> field.name().equals(wanted)).findFirst();
    }
}
