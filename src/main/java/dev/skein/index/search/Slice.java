package dev.skein.index.search;

import dev.skein.index.source.ContentHash;
import dev.skein.index.symbol.SymbolTable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;

/** One file's part of a shard. */
final class Slice {
    final String path;
    final byte[] pathBytes;
    final ContentHash content;
    final SymbolTable table;
    final int[] names; // number of each symbol's name
    final int[] positions; // of each symbol among the places of its name
    private final String[] containers; // each once
    private final int[] containerOf;

    Slice(String path, ContentHash content, SymbolTable table) {
        this.path = path;
        this.pathBytes = path.getBytes(StandardCharsets.UTF_8);
        this.content = content;
        this.table = table;
        var each = table.containers();
        names = new int[each.length];
        positions = new int[each.length];
        containerOf = new int[each.length];
        containers = once(each);
    }

    private String[] once(String[] all) {
        var numbers = new HashMap<String, Integer>();
        for (int i = 0; i < all.length; i++) {
            var container = all[i];
            var number = numbers.putIfAbsent(container, numbers.size());
            containerOf[i] = number == null ? numbers.size() - 1 : number;
        }
        var each = new String[numbers.size()];
        numbers.forEach((container, number) -> each[number] = container);
        return each;
    }

    String container(int index) {
        return containers[containerOf[index]];
    }
}
