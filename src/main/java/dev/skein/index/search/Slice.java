package dev.skein.index.search;

import dev.skein.index.source.ContentHash;
import dev.skein.index.symbol.SymbolKind;
import dev.skein.index.symbol.SymbolLayout;
import dev.skein.index.symbol.SymbolTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One file's part of a shard. Containers are numbered: {@value #NOWHERE}, {@value #UNIT} for the package, and then those
 * symbols that others are in, each within the package. Whatever else there may be is {@link Place#SCOPE_MANY}.
 */
final class Slice {
    static final int NOWHERE = 0;
    static final int UNIT = 1;

    private static final int FIRST_OWNER = 2;

    final String path;
    final byte[] pathBytes;
    final ContentHash content;
    final SymbolTable table;
    final int[] marks; // of the table's layout
    final int[] names; // number of each symbol's name
    final int[] positions; // of each symbol among the places of its name
    final int[] owners; // index of the symbol that is a container, by the container's number less two
    final int[] around; // number of the container around it, likewise

    private Slice(String path, ContentHash content, SymbolTable table, int[] marks, Scopes scopes) {
        this.path = path;
        this.pathBytes = path.getBytes(StandardCharsets.UTF_8);
        this.content = content;
        this.table = table;
        this.marks = marks;
        names = new int[scopes.of.length];
        positions = new int[names.length];
        owners = Arrays.copyOf(scopes.owners, scopes.count);
        around = Arrays.copyOf(scopes.around, scopes.count);
    }

    /** A file as it is on its way into a shard, with what is needed only then. */
    record Incoming(Slice slice, SymbolTable.Heads heads, String unit, Scopes scopes) {
        static Incoming of(String path, ContentHash content, SymbolTable table) {
            var heads = table.heads();
            var layout = table.layout();
            var scopes = new Scopes(heads.kinds(), layout);
            return new Incoming(new Slice(path, content, table, layout.marks(), scopes), heads, layout.unit(), scopes);
        }
    }

    /** The number of each symbol's container. */
    static final class Scopes {
        final int[] of;
        private int[] owners = new int[4];
        private int[] around = new int[4];
        private int count;

        Scopes(SymbolKind[] kinds, SymbolLayout layout) {
            of = new int[kinds.length];
            var numbers = new int[kinds.length]; // of symbols that are containers
            for (int i = 0; i < of.length; i++) {
                int parent = layout.parents()[i];
                boolean packaged = kinds[i] != SymbolKind.PACKAGE && kinds[i] != SymbolKind.MODULE;
                if (parent >= 0 && numbers[parent] == 0) {
                    numbers[parent] = number(parent);
                }
                of[i] = parent >= 0 ? numbers[parent] : packaged ? UNIT : NOWHERE;
            }
        }

        private int number(int owner) {
            boolean plain = of[owner] != NOWHERE && of[owner] != Place.SCOPE_MANY;
            if (!plain || count + FIRST_OWNER == Place.SCOPE_MANY) {
                return Place.SCOPE_MANY;
            }
            if (count == owners.length) {
                owners = Arrays.copyOf(owners, count * 2);
                around = Arrays.copyOf(around, count * 2);
            }
            owners[count] = owner;
            around[count] = of[owner];
            return FIRST_OWNER + count++;
        }
    }

    int containers() {
        return FIRST_OWNER + owners.length;
    }

    int owner(int scope) {
        return owners[scope - FIRST_OWNER];
    }

    /** The number of the container around another; those around come first. */
    int around(int scope) {
        return around[scope - FIRST_OWNER];
    }
}
