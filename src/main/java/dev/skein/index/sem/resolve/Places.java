package dev.skein.index.sem.resolve;

import dev.skein.index.sem.type.Member;
import dev.skein.index.sem.type.TypeInfo;
import dev.skein.index.sem.type.UnitInfo;
import dev.skein.index.sem.unit.ParsedUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a file declares, by the offsets of names. */
final class Places {
    private final ParsedUnit file;
    private final Map<Integer, Member> members = new HashMap<>();
    private final Map<Integer, TypeInfo> types = new HashMap<>();

    Places(ParsedUnit file, UnitInfo unit) {
        this.file = file;
        unit.types().values().forEach(this::add);
    }

    void addAll(TypeInfo type) {
        add(type);
        type.nested().values().forEach(this::addAll);
    }

    private void add(TypeInfo type) {
        var at = type.symbol().name();
        types.putIfAbsent(file.offset(at.line(), at.column()), type);
        for (var member : type.members()) {
            var span = member.symbol().name();
            members.putIfAbsent(file.offset(span.line(), span.column()), member);
        }
    }

    @Nullable
    Member member(int offset) {
        return members.get(offset);
    }

    @Nullable
    TypeInfo type(int offset) {
        return types.get(offset);
    }
}
