package dev.skein.index.sem.type;

import dev.skein.index.symbol.Symbol;
import dev.skein.index.symbol.SymbolKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A type as its file declares it. Filled by whoever reads the file, then left alone. */
public final class TypeInfo {
    private final UnitInfo unit;
    private final @Nullable TypeInfo outer;
    private final Symbol symbol;
    private final String name;
    private final List<TypeParam> params = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final Map<String, TypeInfo> nested = new LinkedHashMap<>();
    private final Names around;

    /**
     * @param outer the type around it, null at the top and for a local one
     * @param name qualified, with dots
     * @param around what names mean where it is declared, for a local one
     */
    public TypeInfo(UnitInfo unit, @Nullable TypeInfo outer, Symbol symbol, String name, Names around) {
        this.unit = unit;
        this.outer = outer;
        this.symbol = symbol;
        this.name = name;
        this.around = around;
    }

    /** What simple names mean in the body around a local type. */
    public interface Names {
        Names NONE = name -> null;

        @Nullable
        JType type(String name);
    }

    public UnitInfo unit() {
        return unit;
    }

    public @Nullable TypeInfo outer() {
        return outer;
    }

    public Symbol symbol() {
        return symbol;
    }

    public String name() {
        return name;
    }

    public String simpleName() {
        return symbol.identifier();
    }

    public SymbolKind kind() {
        return symbol.kind();
    }

    public Names around() {
        return around;
    }

    public List<TypeParam> params() {
        return params;
    }

    public List<Member> members() {
        return members;
    }

    public Map<String, TypeInfo> nested() {
        return nested;
    }

    /** The outermost type around it, itself at the top. */
    public TypeInfo top() {
        return outer == null ? this : outer.top();
    }

    @Override
    public String toString() {
        return name;
    }
}
