package dev.skein.index.search;

import dev.skein.index.match.Query;
import dev.skein.index.symbol.SymbolKind;
import dev.skein.kernel.Check;
import java.util.Set;

/**
 * One search.
 *
 * @param kinds what may be found; empty for everything
 * @param limit hits at most, 1 to {@value #LIMIT_MAX}
 * @param order how hits are chosen and sorted
 */
public record SymbolQuery(Query query, Set<SymbolKind> kinds, int limit, Order order) {
    public static final int LIMIT_MAX = 1_000;
    public static final int LIMIT = 200;

    /** How hits are chosen and sorted. */
    public enum Order {
        /** Every declaration, qualified names understood. */
        SKEIN,
        /** What Nova would show: one declaration a name and file, no packages, modules and type parameters. */
        NOVA
    }

    public SymbolQuery {
        kinds = Set.copyOf(kinds);
        Check.between("limit", limit, 1, LIMIT_MAX);
    }

    /** The best of everything that matches {@code text}. */
    public static SymbolQuery of(String text, int limit) {
        return new SymbolQuery(Query.of(text), Set.of(), limit, Order.SKEIN);
    }

    /** The same as Nova orders it. */
    public static SymbolQuery nova(String text, int limit) {
        return new SymbolQuery(Query.plain(text), Set.of(), limit, Order.NOVA);
    }

    boolean takes(long place) {
        if (order == Order.NOVA && !Place.isFirst(place)) {
            return false;
        }
        return kinds.isEmpty() || kinds.contains(SymbolKind.of(Place.kind(place)));
    }

    /** Whether every place of a name counts, so that they need not be looked at one by one. */
    boolean takesAll() {
        return order == Order.SKEIN && kinds.isEmpty();
    }
}
