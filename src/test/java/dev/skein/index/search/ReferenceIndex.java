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

    boolean rename(String from, String to) {
        var hits = files.remove(from);
        if (hits == null) {
            return false;
        }
        hits.replaceAll(hit -> new Hit(0, to, hit.index(), hit.content(), hit.symbol()));
        files.put(to, hits);
        return true;
    }

    Found search(String asked, SymbolQuery query) {
        var text = asked.strip();
        var all = new ArrayList<Hit>();
        for (var file : files.values()) {
            var shown = new HashSet<String>();
            for (var hit : file) {
                var symbol = hit.symbol();
                boolean nova = !isExtra(symbol) && shown.add(symbol.identifier());
                boolean skein = query.order() == SymbolQuery.Order.SKEIN;
                long rank = skein ? qualified(text, symbol) : rank(new Pattern(text), symbol.identifier());
                boolean wanted = query.kinds().isEmpty() || query.kinds().contains(symbol.kind());
                if (rank != Rank.NONE && wanted && (nova || skein)) {
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

    /** The better of the whole text as a name and of its last part as a name within the rest. */
    private static long qualified(String text, Symbol symbol) {
        long whole = rank(new Pattern(text), symbol.identifier());
        int last = Math.max(text.lastIndexOf('.'), text.lastIndexOf('#'));
        if (last <= 0 || !isWithin(text.substring(0, last).replace('#', '.'), symbol.container())) {
            return whole;
        }
        return Math.max(whole, rank(new Pattern(text.substring(last + 1)), symbol.identifier()));
    }

    private static boolean isWithin(String qualifier, String container) {
        int at = 0;
        for (int i = 0; i < container.length() && at < qualifier.length(); i++) {
            at += fold(qualifier.charAt(at)) == fold(container.charAt(i)) ? 1 : 0;
        }
        return at == qualifier.length();
    }

    private static char fold(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
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
