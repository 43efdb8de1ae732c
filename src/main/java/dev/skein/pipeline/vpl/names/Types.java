package dev.skein.pipeline.vpl.names;

import dev.skein.pipeline.vpl.ast.Declaration;
import dev.skein.pipeline.vpl.ast.Id;
import dev.skein.pipeline.vpl.ast.TypeName;
import dev.skein.pipeline.vpl.ast.TypeName.Base;
import dev.skein.pipeline.vpl.resolved.EventType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Resolves type names and flattens the fields of events. */
public final class Types {
    private static final Set<Base> SCALARS = Set.of(Base.INT, Base.FLOAT, Base.BOOL, Base.STR, Base.ANY);
    /** Fields of all events together, inherited ones counted each time. */
    private static final int FIELDS_MAX = 200_000;

    private static final int ALIASES_MAX = 64;

    private final Symbols symbols;
    private final Map<String, EventType> events = new LinkedHashMap<>();
    private final Map<String, Map<String, TypeName>> fields = new LinkedHashMap<>();
    private int flattened;

    public Types(Symbols symbols) {
        this.symbols = symbols;
        symbols.types.values().forEach(alias -> resolve(alias.type()));
        symbols.events.values().forEach(this::checkFields);
        symbols.events.values().forEach(event -> flatten(event));
    }

    public Map<String, EventType> events() {
        return events;
    }

    /** The declared fields of an event type; none when it is not declared. */
    public Map<String, @Nullable TypeName> fieldsOf(String event) {
        return fields.getOrDefault(event, Map.of());
    }

    public @Nullable TypeName resolveOptional(@Nullable TypeName type) {
        return type == null ? null : resolve(type);
    }

    /** Follows aliases, reporting a type that is unknown or of a later tier. */
    public TypeName resolve(TypeName written) {
        var type = written;
        boolean optional = false;
        var seen = new HashSet<String>();
        while (type.base() == Base.NAMED && symbols.types.containsKey(type.name())) {
            optional |= type.optional();
            if (!seen.add(type.name())) {
                symbols.error("E062", new Id(written.at(), type.name()), "type `" + type.name() + "` means itself");
                return any(written);
            }
            if (seen.size() > ALIASES_MAX) {
                symbols.error(
                        "E009", new Id(written.at(), type.name()), "more than " + ALIASES_MAX + " aliases in a row");
                return any(written);
            }
            type = symbols.types.get(type.name()).type();
        }
        if (seen.isEmpty()) {
            check(written);
        }
        boolean isScalar = SCALARS.contains(type.base());
        var base = isScalar ? type.base() : Base.ANY;
        return new TypeName(written.at(), base, base.word(), List.of(), optional || type.optional());
    }

    private static TypeName any(TypeName written) {
        return new TypeName(written.at(), Base.ANY, Base.ANY.word(), List.of(), true);
    }

    private void check(TypeName type) {
        var id = new Id(type.at(), type.name());
        if (SCALARS.contains(type.base()) || symbols.isBroken(type.name())) {
            return;
        }
        if (type.base() != Base.NAMED) {
            symbols.later(id, "type `" + type.base().word() + "`");
        } else if (symbols.events.containsKey(type.name())) {
            symbols.later(id, "an event as a type");
        } else {
            var known = new TreeSet<>(symbols.types.keySet());
            SCALARS.forEach(scalar -> known.add(scalar.word()));
            var message = "unknown type `" + type.name() + "`";
            symbols.diagnostics.error("E062", type.at(), message, symbols.hint(type.name(), known));
        }
    }

    private void checkFields(Declaration.Event event) {
        var names = new HashSet<String>();
        for (var field : event.fields()) {
            resolve(field.type());
            if (!names.add(field.id().name())) {
                symbols.error("E000", field.id(), "field `" + field.id().name() + "` is declared twice");
            }
        }
    }

    /** Parents first; a chain is followed without recursion. */
    private void flatten(Declaration.Event event) {
        Deque<Declaration.Event> chain = new ArrayDeque<>();
        var seen = new HashSet<String>();
        var next = event;
        while (next != null && !events.containsKey(next.name())) {
            if (!seen.add(next.name())) {
                symbols.error("E062", next.parent() == null ? next.id() : next.parent(), "event extends itself");
                break;
            }
            chain.push(next);
            next = parentOf(next);
        }
        while (!chain.isEmpty()) {
            add(chain.pop());
        }
    }

    private Declaration.@Nullable Event parentOf(Declaration.Event event) {
        var parent = event.parent();
        if (parent == null) {
            return null;
        }
        var found = symbols.events.get(parent.name());
        if (found == null && !symbols.isBroken(parent.name())) {
            var message = "unknown event `" + parent.name() + "`";
            var hint = symbols.hint(parent.name(), symbols.events.keySet());
            symbols.diagnostics.error("E062", parent.at(), message, hint);
        }
        return found;
    }

    private void add(Declaration.Event event) {
        var parent = event.parent();
        var all = new LinkedHashMap<String, TypeName>();
        var inherited = parent == null ? Map.<String, TypeName>of() : fieldsOf(parent.name());
        flattened += inherited.size() + event.fields().size();
        if (flattened > FIELDS_MAX) {
            symbols.error("E009", event.id(), "events inherit more than " + FIELDS_MAX + " fields");
        } else {
            all.putAll(inherited);
        }
        event.fields().forEach(field -> all.put(field.id().name(), resolve(field.type())));
        fields.put(event.name(), all);
        var list = all.entrySet().stream()
                .map(field -> new EventType.Field(field.getKey(), field.getValue()))
                .toList();
        events.put(event.name(), new EventType(event.name(), event.id().at(), list));
    }
}
