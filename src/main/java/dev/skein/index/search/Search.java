package dev.skein.index.search;

import dev.skein.index.match.Pattern;
import dev.skein.index.match.Query;
import dev.skein.index.match.Rank;
import dev.skein.index.match.Scorer;
import dev.skein.index.symbol.Symbol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/**
 * One walk over all names of a shard. A name is scored once, however often it is declared; what cannot get among the
 * best any more is only counted.
 */
final class Search {
    private static final int CHECK_EVERY = 4096; // names between two questions whether anybody still waits

    private final Names names;
    private final IntFunction<Slice> slices;
    private final SymbolQuery query;
    private final Query text;
    private final TopPlaces top;
    private final Scorer scorer = new Scorer();
    private long total;

    Search(Names names, IntFunction<Slice> slices, SymbolQuery query) {
        this.names = names;
        this.slices = slices;
        this.query = query;
        this.text = query.query();
        this.top = new TopPlaces(query.limit(), text.isEmpty());
    }

    /** The best of all; throws {@link CancellationException} soon after {@code cancelled} says so. */
    Found run(BooleanSupplier cancelled) {
        for (int number = 0; number < names.bound(); number++) {
            if (number % CHECK_EVERY == 0 && cancelled.getAsBoolean()) {
                throw new CancellationException("the search was cancelled");
            }
            if (names.count(number) > 0) {
                visit(number);
            }
        }
        return new Found(hits(), total);
    }

    private void visit(int number) {
        long mask = names.mask(number);
        var simple = text.simple();
        if (simple != null) {
            if (simple.mayMatch(mask) || text.whole().mayMatch(mask)) {
                visitQualified(number, simple);
            }
        } else if (text.whole().mayMatch(mask)) {
            visitPlain(number);
        }
    }

    private void visitPlain(int number) {
        var name = names.name(number);
        long rank = rank(text.whole(), number);
        if (rank == Rank.NONE) {
            return;
        }
        boolean all = query.takesAll();
        total += all ? names.count(number) : 0;
        boolean offers = top.takes(rank, name);
        if (all && !offers) {
            return;
        }
        for (int i = 0; i < names.count(number); i++) {
            long place = names.places(number)[i];
            if (all || query.takes(place)) {
                total += all ? 0 : 1;
                offer(offers, rank, name, place);
            }
        }
    }

    private void offer(boolean offers, long rank, byte[] name, long place) {
        if (offers) {
            top.offer(new TopPlaces.Candidate(rank, name, slices.apply(Place.slot(place)).pathBytes, place));
        }
    }

    private long rank(Pattern pattern, int number) {
        return pattern.rank(names.name(number), names.mask(number), top.least(), scorer);
    }

    private void visitQualified(int number, Pattern simple) {
        long whole = rank(text.whole(), number);
        long within = rank(simple, number);
        if (whole == Rank.NONE && within == Rank.NONE) {
            return;
        }
        var name = names.name(number);
        for (int i = 0; i < names.count(number); i++) {
            long place = names.places(number)[i];
            var slice = slices.apply(Place.slot(place));
            boolean fits = within != Rank.NONE && text.isWithin(slice.container(Place.index(place)));
            long rank = fits ? Math.max(within, whole) : whole;
            if (rank != Rank.NONE && query.takes(place)) {
                total++;
                offer(top.takes(rank, name), rank, name, place);
            }
        }
    }

    private List<Hit> hits() {
        Map<Slice, List<Symbol>> shown = new HashMap<>();
        var hits = new ArrayList<Hit>();
        for (var candidate : top.best()) {
            var slice = slices.apply(Place.slot(candidate.place()));
            int index = Place.index(candidate.place());
            var symbol =
                    shown.computeIfAbsent(slice, each -> each.table.symbols()).get(index);
            hits.add(new Hit(candidate.rank(), slice.path, index, slice.content, symbol));
        }
        return hits;
    }
}
