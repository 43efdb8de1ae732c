package dev.skein.index.search;

import dev.skein.index.match.NameMask;
import dev.skein.index.match.Pattern;
import dev.skein.index.match.Rank;
import dev.skein.index.match.Scorer;
import dev.skein.index.source.ContentHash;
import dev.skein.index.symbol.Modifiers;
import dev.skein.index.symbol.Symbol;
import dev.skein.index.symbol.SymbolTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All symbols in a list that is scored and sorted in full for every search. */
final class ReferenceIndex {
    private final Map<String, List<Hit>> files = new TreeMap<>();

    void replace(String path, ContentHash content, SymbolTable table) {
        var symbols = table.symbols();
        var hits = new ArrayList<Hit>();
        for (int i = 0; i < symbols.size(); i++) {
            hits.add(new Hit(0, path, i, content, symbols.get(i)));
        }
        files.put(path, hits);
    }

    boolean remove(String path) {
        return files.remove(path) != null;
    }

    Found search(String text, SymbolQuery query) {
        var pattern = new Pattern(text);
        var all = new ArrayList<Hit>();
        for (var file : files.values()) {
            var shown = new HashSet<String>();
            for (var hit : file) {
                var symbol = hit.symbol();
                boolean nova = !isExtra(symbol) && shown.add(symbol.identifier());
                long rank = rank(pattern, symbol.identifier());
                if (rank != Rank.NONE && (nova || query.order() == SymbolQuery.Order.SKEIN)) {
                    all.add(new Hit(rank, hit.path(), hit.index(), hit.content(), symbol));
                }
            }
        }
        all.sort(order(text.isEmpty()));
        return new Found(all.subList(0, Math.min(query.limit(), all.size())), all.size());
    }

    private static boolean isExtra(Symbol symbol) {
        return symbol.kind().isExtra() || (symbol.modifiers() & Modifiers.HIDDEN) != 0;
    }

    private static long rank(Pattern pattern, String name) {
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        return pattern.rank(bytes, NameMask.of(bytes), Rank.NONE, new Scorer());
    }

    /** Names and paths of the test have no supplementary characters, so that Java's order is that of bytes. */
    private static Comparator<Hit> order(boolean byName) {
        return Comparator.comparing(Hit::rank, Comparator.reverseOrder())
                .thenComparing(hit -> byName ? 0 : hit.symbol().identifier().getBytes(StandardCharsets.UTF_8).length)
                .thenComparing(hit -> hit.symbol().identifier())
                .thenComparing(Hit::path)
                .thenComparing(Hit::index);
    }
}
