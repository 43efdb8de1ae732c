package dev.skein.index.search;

import dev.skein.index.scan.JavaExtractor;
import dev.skein.index.source.ContentHash;
import dev.skein.index.source.SourceText.Fault;
import dev.skein.index.symbol.Modifiers;
import dev.skein.index.symbol.SymbolTable;
import java.nio.charset.StandardCharsets;

/** One file's part of a shard. */
final class Slice {
    final String path;
    final byte[] pathBytes;
    final ContentHash content;
    final SymbolTable table;
    final Fault fault; // why its table leaves declarations out
    final int[] marks; // of the table's layout
    final Scopes scopes;
    final int[] names; // number of each symbol's name
    final int[] positions; // of each symbol among the places of its name

    private Slice(String path, ContentHash content, SymbolTable table, Fault fault, int[] marks, Scopes scopes) {
        this.path = path;
        this.pathBytes = path.getBytes(StandardCharsets.UTF_8);
        this.content = content;
        this.table = table;
        this.fault = fault;
        this.marks = marks;
        this.scopes = scopes;
        names = new int[table.size()];
        positions = new int[names.length];
    }

    /**
     * A file as it is on its way into a shard, with what is needed only then.
     *
     * @param within the number of each symbol's container
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Incoming(Slice slice, SymbolTable.Heads heads, String unit, int[] within) {
        static Incoming of(String path, ContentHash content, SymbolTable table) {
            if (table.size() > Place.INDEX_MANY) {
                throw new IllegalArgumentException("a file has at most %d symbols".formatted(Place.INDEX_MANY));
            }
            var heads = table.heads();
            var layout = table.layout();
            var within = new int[table.size()];
            var scopes = Scopes.of(heads, layout, within);
            var slice = new Slice(path, content, table, fault(heads), layout.marks(), scopes);
            return new Incoming(slice, heads, layout.unit(), within);
        }

        private static Fault fault(SymbolTable.Heads heads) {
            if (heads.modifiers().length >= JavaExtractor.DECLARATIONS_MAX) {
                return Fault.TOO_MANY;
            }
            for (int modifiers : heads.modifiers()) {
                if ((modifiers & Modifiers.CUT) != 0) {
                    return Fault.TOO_DEEP;
                }
            }
            return Fault.NONE;
        }
    }
}
