package dev.skein.index.search;

import dev.skein.index.search.names.Names;
import dev.skein.index.search.names.Units;
import dev.skein.index.symbol.Symbol;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The files of a shard by slot and by path; a slot whose file goes is free for another. */
final class Files {
    private final Names names;
    private final Units units = new Units();
    private final Map<String, Integer> slots = new HashMap<>();
    private @Nullable Slice[] slices = new Slice[16];
    private int[] unitOf = new int[16];
    private int[] free = new int[16];
    private int frees;
    private int bound;

    Files(Names names) {
        this.names = names;
    }

    /** Slots are below this. */
    int bound() {
        return bound;
    }

    int count() {
        return slots.size();
    }

    Units units() {
        return units;
    }

    /** The number of the package of the file. */
    int unit(int slot) {
        return unitOf[slot];
    }

    Slice slice(int slot) {
        return Objects.requireNonNull(slices[slot]);
    }

    @Nullable Slice find(String path) {
        var slot = slots.get(path);
        return slot == null ? null : slices[slot];
    }

    /** The name of a symbol. */
    byte[] name(Slice slice, int index) {
        return names.name(slice.names[index]);
    }

    /** Takes a file in under a slot. */
    int add(Slice slice, String unit) {
        if (frees == 0 && bound == slices.length) {
            slices = Arrays.copyOf(slices, bound * 2);
            unitOf = Arrays.copyOf(unitOf, bound * 2);
            free = Arrays.copyOf(free, bound * 2);
        }
        int slot = frees > 0 ? free[--frees] : bound++;
        slices[slot] = slice;
        unitOf[slot] = units.take(unit);
        slots.put(slice.path, slot);
        return slot;
    }

    /** The slot that a file had, or -1. */
    int remove(String path) {
        var slot = slots.remove(path);
        if (slot == null) {
            return -1;
        }
        slices[slot] = null;
        units.giveBack(unitOf[slot]);
        free[frees++] = slot;
        return slot;
    }

    /** The symbol at a place. */
    Symbol symbol(long place) {
        var slice = slice(Place.slot(place));
        int index = Place.index(place);
        int scope = Place.scope(place);
        var container = scope == Place.SCOPE_MANY
                ? slice.table.containers()[index]
                : container(Place.slot(place), slice, scope);
        return slice.table.symbol(index, slice.marks, text(slice, index), container);
    }

    private String container(int slot, Slice slice, int scope) {
        if (scope <= Slice.UNIT) {
            return scope == Slice.UNIT ? units.text(unitOf[slot]) : "";
        }
        var around = container(slot, slice, slice.around(scope));
        var name = text(slice, slice.owner(scope));
        return around.isEmpty() ? name : around + "." + name;
    }

    private String text(Slice slice, int index) {
        return new String(name(slice, index), StandardCharsets.UTF_8);
    }
}
