package dev.skein.pipeline.event;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The ordered field names of an event, interned: two events with the same names in the same order share one shape, so a
 * reader may remember a slot by identity. Safe for any thread.
 */
public final class Shape {
    /* Shapes form a tree: a shape is its parent plus one name. Children are held weakly and purged, because field names
     * come from outside and a strong table would grow with every name ever seen. A child holds its parent strongly, so
     * the path to a living shape is always there and interning stays unique. */

    /** The shape without fields, root of all. */
    public static final Shape EMPTY = new Shape(null, "");

    private static final int SCAN_MAX = 8;
    private static final ReferenceQueue<Shape> DEAD = new ReferenceQueue<>();

    private final @Nullable Shape parent;
    private final List<String> names;
    private final String[] slots;
    private final int[] table; // slot + 1 by hash, open addressing; empty for small shapes
    private final ConcurrentHashMap<String, Child> children = new ConcurrentHashMap<>(4);

    private Shape(@Nullable Shape parent, String last) {
        this.parent = parent;
        var all = new ArrayList<String>();
        if (parent != null) {
            all.addAll(parent.names);
            all.add(last);
        }
        this.names = List.copyOf(all);
        this.slots = all.toArray(String[]::new);
        this.table = slots.length > SCAN_MAX ? hashed(slots) : new int[0];
    }

    /** The shape with exactly these names; a repeated name counts once, at its first place. */
    public static Shape of(List<String> names) {
        var shape = EMPTY;
        for (var name : names) {
            shape = shape.slot(name) >= 0 ? shape : shape.with(name);
        }
        return shape;
    }

    public static Shape of(String... names) {
        return of(List.of(names));
    }

    /** This shape with one more name at the end; itself if it already has the name. */
    public Shape with(String name) {
        var child = children.get(name);
        var known = child == null ? null : child.get();
        if (known != null) {
            return known;
        }
        return slot(name) >= 0 ? this : grow(name);
    }

    private Shape grow(String name) {
        purge();
        var fresh = new Shape(this, name);
        while (true) {
            var child = new Child(fresh, this, name);
            var before = children.putIfAbsent(name, child);
            if (before == null) {
                return fresh;
            }
            var living = before.get();
            if (living != null) {
                return living;
            }
            children.remove(name, before);
        }
    }

    private static void purge() {
        for (var dead = DEAD.poll(); dead != null; dead = DEAD.poll()) {
            var child = (Child) dead;
            child.owner.children.remove(child.name, child);
        }
    }

    /** Where {@code name} is found in {@link Event#at}, or -1. */
    public int slot(String name) {
        if (table.length > 0) {
            return hashedSlot(name);
        }
        for (int i = 0; i < slots.length; i++) {
            if (slots[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private int hashedSlot(String name) {
        int mask = table.length - 1;
        for (int at = spread(name) & mask; table[at] != 0; at = (at + 1) & mask) {
            if (slots[table[at] - 1].equals(name)) {
                return table[at] - 1;
            }
        }
        return -1;
    }

    private static int[] hashed(String[] slots) {
        var table = new int[Integer.highestOneBit(slots.length) * 4];
        for (int i = 0; i < slots.length; i++) {
            int at = spread(slots[i]) & (table.length - 1);
            while (table[at] != 0) {
                at = (at + 1) & (table.length - 1);
            }
            table[at] = i + 1;
        }
        return table;
    }

    private static int spread(String name) {
        int hash = name.hashCode();
        return hash ^ (hash >>> 16);
    }

    public int size() {
        return slots.length;
    }

    public String name(int slot) {
        return slots[slot];
    }

    /** All names in order. */
    public List<String> names() {
        return names;
    }

    @Override
    public String toString() {
        return names.toString();
    }

    private static final class Child extends WeakReference<Shape> {
        final Shape owner;
        final String name;

        Child(Shape shape, Shape owner, String name) {
            super(shape, DEAD);
            this.owner = owner;
            this.name = name;
        }
    }
}
