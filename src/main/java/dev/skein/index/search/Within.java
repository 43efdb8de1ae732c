package dev.skein.index.search;

import dev.skein.index.match.Query;
import dev.skein.index.match.Sheaf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Which containers are where the qualifier of a query says, found out once for each: those of a file when the first
 * symbol of the file is looked at.
 */
final class Within {
    private static final int UNKNOWN = -1;

    private final Query query;
    private final Files files;
    private final int whole;
    private final long[] wanting; // characters of what is left of the qualifier, by how much was found
    private final int[] units; // bytes of the qualifier found in each package
    private final long[] known; // slots whose answers are here
    private final long[] fits; // by slot, a bit for each of the first containers
    private final Map<Slice, boolean[]> large = new IdentityHashMap<>(); // those of files with more

    Within(Query query, Files files) {
        this.query = query;
        this.files = files;
        whole = query.qualifier();
        wanting = new long[whole + 1];
        Arrays.setAll(wanting, query::wanting);
        units = new int[files.units().bound()];
        Arrays.fill(units, UNKNOWN);
        known = new long[files.bound() / Long.SIZE + 1];
        fits = new long[files.bound()];
    }

    /** Whether the symbol is in such a container. */
    boolean has(long place) {
        int slot = Place.slot(place);
        int scope = Place.scope(place);
        return scope < Long.SIZE ? (fits(slot) >>> scope & 1) != 0 : isInLarge(files.slice(slot), Place.index(place));
    }

    /** How many symbols with these names are in such containers; clears the lanes of names of which none is. */
    long count(long[] lanes, Runnable check) {
        var wanted = lanes.clone();
        Arrays.fill(lanes, 0);
        long total = 0;
        for (int slot = 0; slot < files.bound(); slot++) {
            check.run();
            long fitting = files.isUsed(slot) ? fits(slot) : 0;
            if (fitting != 0) {
                total += count(files.slice(slot), fitting, wanted, lanes);
            }
            if (files.isUsed(slot) && files.slice(slot).scopes.isMany()) {
                total += countLarge(files.slice(slot), wanted, lanes);
            }
        }
        return total;
    }

    /** Without a branch, since there are many symbols and no telling which are meant. */
    private static long count(Slice slice, long fitting, long[] wanted, long[] lanes) {
        var names = slice.names;
        var scopes = slice.scopes;
        long count = 0;
        for (int i = 0; i < names.length; i++) {
            int number = names[i];
            long hit = wanted[number / Sheaf.LANES] >>> number & fitting >>> scopes.of(i) & 1;
            lanes[number / Sheaf.LANES] |= hit << number;
            count += hit;
        }
        return count;
    }

    /** Those in the containers that have no bit. */
    private long countLarge(Slice slice, long[] wanted, long[] lanes) {
        long count = 0;
        for (int i = 0; i < slice.names.length; i++) {
            int number = slice.names[i];
            boolean asked = slice.scopes.of(i) == Long.SIZE && (wanted[number / Sheaf.LANES] >>> number & 1) != 0;
            if (asked && isInLarge(slice, i)) {
                lanes[number / Sheaf.LANES] |= 1L << number;
                count++;
            }
        }
        return count;
    }

    private long fits(int slot) {
        if ((known[slot / Long.SIZE] >>> slot & 1) == 0) {
            known[slot / Long.SIZE] |= 1L << slot;
            fits[slot] = look(slot);
        }
        return fits[slot];
    }

    private long look(int slot) {
        int inUnit = unit(files.unit(slot));
        if (inUnit == whole) {
            return ~1L << Scopes.NOWHERE;
        }
        boolean possible = (wanting[inUnit] & ~files.mask(slot)) == 0;
        return possible ? files.slice(slot).scopes.fitting(query, inUnit) : 0;
    }

    private int unit(int unit) {
        int reached = units[unit];
        if (reached == UNKNOWN) {
            var text = files.units().bytes(unit);
            reached = query.advance(0, text, 0, text.length);
            units[unit] = reached;
        }
        return reached;
    }

    private boolean isInLarge(Slice slice, int index) {
        return large.computeIfAbsent(slice, this::lookAll)[index];
    }

    private boolean has(String container) {
        var bytes = container.getBytes(StandardCharsets.UTF_8);
        return query.advance(0, bytes, 0, bytes.length) == whole;
    }

    /** By the index of each symbol. */
    private boolean[] lookAll(Slice slice) {
        var containers = slice.table.containers();
        var fitting = new boolean[containers.length];
        var last = "";
        boolean lastFits = false;
        for (int i = 0; i < fitting.length; i++) {
            if (!containers[i].equals(last)) {
                last = containers[i];
                lastFits = has(last);
            }
            fitting[i] = lastFits;
        }
        return fitting;
    }
}
