package dev.skein.index.search;

import dev.skein.index.source.ContentHash;
import dev.skein.index.symbol.SymbolTable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** One file's part of a shard. */
final class Slice {
    final String path;
    final byte[] pathBytes;
    final ContentHash content;
    final SymbolTable table;
    final int[] names; // number of each symbol's name
    final int[] positions; // of each symbol among the places of its name
    private volatile @Nullable Containers containers; // found when the first is asked for

    Slice(String path, ContentHash content, SymbolTable table) {
        this.path = path;
        this.pathBytes = path.getBytes(StandardCharsets.UTF_8);
        this.content = content;
        this.table = table;
        names = new int[table.size()];
        positions = new int[names.length];
    }

    String container(int index) {
        var known = containers;
        if (known == null) {
            known = Containers.of(table.containers());
            containers = known;
        }
        return known.each[known.of[index]];
    }

    /**
     * Containers of the symbols of one file.
     *
     * @param each once
     * @param of each symbol the number of its container
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Containers(String[] each, int[] of) {
        static Containers of(String[] all) {
            var numbers = new HashMap<String, Integer>();
            var of = new int[all.length];
            for (int i = 0; i < all.length; i++) {
                var number = numbers.putIfAbsent(all[i], numbers.size());
                of[i] = number == null ? numbers.size() - 1 : number;
            }
            var each = new String[numbers.size()];
            numbers.forEach((container, number) -> each[number] = container);
            return new Containers(each, of);
        }
    }
}
