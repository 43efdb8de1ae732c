package dev.skein.index.search;

import dev.skein.index.match.Pattern;
import dev.skein.index.match.PlainPattern;
import dev.skein.index.match.Query;
import dev.skein.index.match.Rank;
import dev.skein.index.match.Scorer;
import dev.skein.index.match.Sheaf;
import dev.skein.index.search.names.Names;
import dev.skein.index.search.names.Sheaves;
import dev.skein.index.search.names.Sweep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One search of a shard. Work is done for each distinct name, most of it for {@value Sheaf#LANES} of them at once; what
 * cannot get among the best any more is only counted.
 */
final class Search implements Sweep.Best {
    private static final int CHECK_EVERY = 64; // sheaves between two questions whether anybody still waits
    private static final int FEW = 8; // one in so many is found faster by looking at all

    private final Names names;
    private final Files files;
    private final SymbolQuery query;
    private final Query text;
    private final BooleanSupplier cancelled;
    private final TopPlaces top;
    private final Scorer scorer = new Scorer();
    private @Nullable Within within;
    private @Nullable LongPredicate only; // places that count, or null for all
    private long total;
    private long all; // symbols that there are
    private int checks;

    Search(Names names, Files files, SymbolQuery query, BooleanSupplier cancelled) {
        this.names = names;
        this.files = files;
        this.query = query;
        this.text = query.query();
        this.cancelled = cancelled;
        this.top = new TopPlaces(query.limit(), text.isEmpty());
    }

    /**
     * The best of all; throws {@link CancellationException} soon after it was cancelled.
     *
     * @param sorts how many symbols there are of each sort
     */
    Found run(long[] sorts) {
        only = query.takesAll() ? null : query::takes;
        var simple = text.simple();
        check();
        all = Arrays.stream(sorts).sum();
        if (text.isEmpty()) {
            list(sorts);
        } else if (simple == null) {
            alone(odd());
            text.whole().plain().ifPresent(this::sweep);
        } else {
            qualified(simple);
        }
        return new Found(hits(), total);
    }

    /** Nothing was asked for, so everything matches. */
    private void list(long[] sorts) {
        for (int sort = 0; sort < sorts.length; sort++) {
            total += sorts[sort] > 0 && query.takes(sort) ? sorts[sort] : 0;
        }
        if (total * FEW > all) {
            names.walk(this::listed);
        } else if (total > 0) {
            for (int number = 0; number < names.sheaves().bound() * Sheaf.LANES; number++) {
                if (number % Sheaf.LANES == 0) {
                    check();
                }
                offer(number, Rank.EMPTY);
            }
        }
    }

    private boolean listed(int number) {
        check();
        if (!top.takes(Rank.EMPTY, names.name(number))) {
            return false;
        }
        offer(number, Rank.EMPTY);
        return true;
    }

    private void qualified(Pattern simple) {
        var fits = new Within(text, files);
        within = fits;
        var apart = odd();
        var whole = text.whole().plain();
        whole.ifPresent(pattern -> addMatching(pattern, apart));
        alone(apart);
        only = query.takesAll() ? fits::has : place -> query.takes(place) && fits.has(place);
        simple.plain().ifPresent(pattern -> sweep(pattern, apart, fits));
    }

    private void sweep(PlainPattern pattern) {
        var sweep = new Sweep(names, pattern, null, this);
        total += only == null ? sweep.count() : sweep.count(only);
        sweep.rank();
    }

    /** Of many places it is faster to look at the files. */
    private void sweep(PlainPattern pattern, long[] without, Within fits) {
        var sweep = new Sweep(names, pattern, without, this);
        boolean many = query.takesAll() && sweep.count() * FEW > all;
        total += many ? fits.count(sweep.lanes(), this::check) : sweep.count(Objects.requireNonNull(only));
        sweep.rank();
    }

    /** Lanes of names that no sheaf matches, by sheaf. */
    private long[] odd() {
        var sheaves = names.sheaves();
        var odd = new long[sheaves.bound()];
        for (int i = 0; i < sheaves.count(Sheaves.ODD); i++) {
            int number = sheaves.number(Sheaves.ODD, i);
            odd[number] = sheaves.sheaf(number).live();
        }
        return odd;
    }

    /** Adds the names that match in whole what has a qualifier, since they may be there for two reasons. */
    private void addMatching(PlainPattern pattern, long[] lanes) {
        for (int number = 0; number < lanes.length; number++) {
            check();
            if (lanes[number] == 0) {
                lanes[number] = Sweep.matching(names, number, pattern);
            }
        }
    }

    private void alone(long[] lanes) {
        for (int sheaf = 0; sheaf < lanes.length; sheaf++) {
            for (long left = lanes[sheaf]; left != 0; left &= left - 1) {
                check();
                int number = sheaf * Sheaf.LANES + Long.numberOfTrailingZeros(left);
                alone(number, rank(text.whole(), number), rank(text.simple(), number));
            }
        }
    }

    private long rank(@Nullable Pattern pattern, int number) {
        if (pattern == null) {
            return Rank.NONE;
        }
        long mask = names.mask(number);
        return pattern.mayMatch(mask) ? pattern.rank(names.name(number), mask, top.least(), scorer) : Rank.NONE;
    }

    private void alone(int number, long whole, long simple) {
        if (whole == Rank.NONE && simple == Rank.NONE) {
            return;
        }
        var name = names.name(number);
        for (int i = 0; i < names.count(number); i++) {
            long place = names.place(number, i);
            boolean fits = simple != Rank.NONE && within != null && within.has(place);
            long rank = fits ? Math.max(simple, whole) : whole;
            if (rank != Rank.NONE && query.takes(place)) {
                total++;
                offer(rank, name, place);
            }
        }
    }

    @Override
    public long least() {
        return top.least();
    }

    @Override
    public void offer(int number, long rank) {
        var name = names.name(number);
        for (int i = 0; i < names.count(number) && top.takes(rank, name); i++) {
            long place = names.place(number, i);
            if (only == null || only.test(place)) {
                offer(rank, name, place);
            }
        }
    }

    private void offer(long rank, byte[] name, long place) {
        if (top.takes(rank, name)) {
            top.offer(rank, name, files.slice(Place.slot(place)).pathBytes, place);
        }
    }

    @Override
    public void check() {
        if (checks++ % CHECK_EVERY == 0 && cancelled.getAsBoolean()) {
            throw new CancellationException("the search was cancelled");
        }
    }

    private List<Hit> hits() {
        var hits = new ArrayList<Hit>();
        var containers = new IdentityHashMap<Slice, String[]>();
        for (var candidate : top.best()) {
            long place = candidate.place();
            var slice = files.slice(Place.slot(place));
            var symbol = files.symbol(place, containers);
            hits.add(new Hit(candidate.rank(), slice.path, Place.index(place), slice.content, symbol));
        }
        return hits;
    }
}
