package dev.skein.index.search;

import dev.skein.index.search.names.Names;
import dev.skein.index.search.names.Units;
import dev.skein.index.symbol.Symbol;
import dev.skein.index.symbol.SymbolLayout.Called;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The files of a shard by slot and by path; a slot whose file goes is free for another. */
final class Files {
    private final Names names;
    private final int most;
    private final Units units = new Units();
    private final Map<String, Integer> slots = new HashMap<>();
    private @Nullable Slice[] slices = new Slice[16];
    private int[] unitOf = new int[16];
    private long[] masks = new long[16];
    private int[] free = new int[16];
    private int frees;
    private int bound;

    Files(Names names) {
        this(names, Place.SLOT_MANY);
    }

    /** @param most of them at a time */
    Files(Names names, int most) {
        this.names = names;
        this.most = most;
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

    /** Characters of the containers in a file but of what is in the name of its package. */
    long mask(int slot) {
        return masks[slot];
    }

    boolean isUsed(int slot) {
        return slices[slot] != null;
    }

    Slice slice(int slot) {
        return Objects.requireNonNull(slices[slot]);
    }

    @Nullable
    Slice find(String path) {
        var slot = slots.get(path);
        return slot == null ? null : slices[slot];
    }

    /** The slot of a file, or -1. */
    int slot(String path) {
        return slots.getOrDefault(path, -1);
    }

    /** Takes a file in under a slot of its own, also when there is another of its path, which is then to be freed. */
    int add(Slice slice, String unit) {
        if (frees == 0 && bound >= most) {
            throw new IllegalStateException("a shard has at most %d files".formatted(most));
        }
        if (frees == 0 && bound == slices.length) {
            slices = Arrays.copyOf(slices, bound * 2);
            unitOf = Arrays.copyOf(unitOf, bound * 2);
            masks = Arrays.copyOf(masks, bound * 2);
            free = Arrays.copyOf(free, bound * 2);
        }
        int slot = frees > 0 ? free[--frees] : bound++;
        slices[slot] = slice;
        unitOf[slot] = units.take(unit);
        masks[slot] = slice.scopes.mask();
        slots.put(slice.path, slot);
        return slot;
    }

    /** Frees the slot of a file that is gone or was replaced. */
    void free(int slot) {
        slots.remove(slice(slot).path, slot);
        slices[slot] = null;
        units.giveBack(unitOf[slot]);
        free[frees++] = slot;
    }

    /**
     * The symbol at a place.
     *
     * @param containers those of large files that are known already
     */
    Symbol symbol(long place, Map<Slice, String[]> containers) {
        var slice = slice(Place.slot(place));
        int index = Place.index(place);
        int scope = Place.scope(place);
        var unit = units.text(unitOf[Place.slot(place)]);
        var container = scope == Place.SCOPE_MANY
                ? containers.computeIfAbsent(slice, each -> each.table.containers())[index]
                : slice.scopes.text(scope, unit);
        var name = new String(names.name(slice.names[index]), StandardCharsets.UTF_8);
        return slice.table.symbol(index, slice.marks, new Called(name, container));
    }
}
