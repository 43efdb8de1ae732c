package dev.skein.index.search;

import dev.skein.index.match.Query;
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
    private static final byte[] DOT = {'.'};

    private final Query query;
    private final Files files;
    private final int whole;
    private final byte[] units; // bytes of the qualifier found in each package
    private final long[] known; // slots whose answers are here
    private final long[] fits; // by slot, a bit for each of the first containers
    private final Map<Slice, boolean[]> large = new IdentityHashMap<>(); // those of files with more

    Within(Query query, Files files) {
        this.query = query;
        this.files = files;
        whole = query.qualifier();
        units = new byte[files.units().bound()];
        Arrays.fill(units, (byte) UNKNOWN);
        known = new long[files.bound() / Long.SIZE + 1];
        fits = new long[files.bound()];
    }

    /** Whether the symbol is in such a container. */
    boolean has(long place) {
        int slot = Place.slot(place);
        if ((known[slot / Long.SIZE] >>> slot & 1) == 0) {
            known[slot / Long.SIZE] |= 1L << slot;
            fits[slot] = look(slot);
        }
        int scope = Place.scope(place);
        return scope < Long.SIZE ? (fits[slot] >>> scope & 1) != 0 : isInLarge(slot, place);
    }

    private long look(int slot) {
        int inUnit = unit(files.unit(slot));
        if (inUnit == whole) {
            return ~1L << Slice.NOWHERE;
        }
        var slice = files.slice(slot);
        int count = Math.min(Long.SIZE, slice.containers());
        long fitting = 0;
        var reached = reached(slot, slice, count);
        for (int scope = Slice.UNIT; scope < count; scope++) {
            fitting |= reached[scope] == whole ? 1L << scope : 0;
        }
        return fitting;
    }

    private int unit(int unit) {
        int reached = units[unit];
        if (reached == UNKNOWN) {
            reached = query.advance(0, files.units().bytes(unit));
            units[unit] = whole <= Byte.MAX_VALUE ? (byte) reached : UNKNOWN;
        }
        return reached;
    }

    /** How many bytes of the qualifier are in each of the first containers of a file. */
    private int[] reached(int slot, Slice slice, int count) {
        var reached = new int[count];
        reached[Slice.UNIT] = unit(files.unit(slot));
        boolean unnamed = files.units().bytes(files.unit(slot)).length == 0;
        for (int scope = Slice.UNIT + 1; scope < count; scope++) {
            int around = slice.around(scope);
            int before = reached[around];
            boolean first = around == Slice.UNIT && unnamed;
            int dot = first ? before : query.advance(before, DOT);
            reached[scope] = query.advance(dot, files.name(slice, slice.owner(scope)));
        }
        return reached;
    }

    private boolean isInLarge(int slot, long place) {
        return large.computeIfAbsent(files.slice(slot), slice -> lookAll(slot, slice))[Place.index(place)];
    }

    /** By the index of each symbol. */
    private boolean[] lookAll(int slot, Slice slice) {
        var containers = slice.table.containers();
        var fitting = new boolean[containers.length];
        var last = "";
        boolean lastFits = false;
        for (int i = 0; i < fitting.length; i++) {
            if (!containers[i].equals(last)) {
                last = containers[i];
                lastFits = query.advance(0, last.getBytes(StandardCharsets.UTF_8)) == whole;
            }
            fitting[i] = lastFits;
        }
        return fitting;
    }
}
