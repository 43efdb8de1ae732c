package dev.skein.index.sem.type;

import dev.skein.index.symbol.Symbol;
import dev.skein.index.symbol.SymbolKind;
import dev.skein.index.symbol.SymbolTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one file declares, as types. */
public final class UnitInfo {
    private final String shard;
    private final String path;
    private final Imports imports;
    private final Map<String, TypeInfo> types = new LinkedHashMap<>();
    private String packageName = "";

    public UnitInfo(String shard, String path, Imports imports) {
        this.shard = shard;
        this.path = path;
        this.imports = imports;
    }

    public static UnitInfo of(String shard, String path, Imports imports, SymbolTable table) {
        var unit = new UnitInfo(shard, path, imports);
        new Reader(unit).read(table.symbols());
        return unit;
    }

    public String shard() {
        return shard;
    }

    public String path() {
        return path;
    }

    public Imports imports() {
        return imports;
    }

    public String packageName() {
        return packageName;
    }

    /** By qualified name. */
    public Map<String, TypeInfo> types() {
        return types;
    }

    /** For a type that is read from elsewhere than a table. */
    public void add(TypeInfo type) {
        types.put(type.name(), type);
    }

    /** For a unit that is read from elsewhere than a table. */
    public void packageName(String name) {
        packageName = name;
    }

    /** Turns the symbols of a table, of which those around others come first, into types. */
    private static final class Reader {
        private final UnitInfo unit;
        private @Nullable TypeInfo type; // that was opened last
        private List<TypeParam> open = new ArrayList<>(); // of what was declared last
        private String owner = "";

        Reader(UnitInfo unit) {
            this.unit = unit;
        }

        void read(List<Symbol> symbols) {
            for (var symbol : symbols) {
                if (symbol.kind() == SymbolKind.PACKAGE) {
                    unit.packageName = symbol.identifier();
                } else if (symbol.kind() == SymbolKind.TYPE_PARAMETER) {
                    open.add(new TypeParam(owner, symbol.identifier(), symbol.type()));
                } else if (symbol.kind().isType()) {
                    type(symbol);
                } else if (symbol.kind() != SymbolKind.MODULE) {
                    member(symbol);
                }
            }
        }

        private void type(Symbol symbol) {
            var outer = unit.types.get(symbol.container());
            var made = new TypeInfo(unit, outer, symbol, symbol.qualifiedName(), TypeInfo.Names.NONE);
            unit.types.putIfAbsent(made.name(), made);
            if (outer != null) {
                outer.nested().putIfAbsent(symbol.identifier(), made);
            }
            type = made;
            open = made.params();
            owner = made.name();
        }

        private void member(Symbol symbol) {
            var around =
                    type != null && type.name().equals(symbol.container()) ? type : unit.types.get(symbol.container());
            if (around == null) {
                open = new ArrayList<>(); // in the body of an enum's constant
                return;
            }
            open = new ArrayList<>();
            owner = around.name() + "#" + symbol.identifier() + symbol.parameters();
            around.members().add(new Member(around, symbol, open));
        }
    }
}
