package dev.skein.index.search;

import dev.skein.index.search.Slice.Incoming;
import dev.skein.index.search.names.Names;
import dev.skein.index.source.ContentHash;
import dev.skein.index.source.SourceText;
import dev.skein.index.symbol.Modifiers;
import dev.skein.index.symbol.SymbolTable;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The symbols of one shard's files. Thread-safe: searches run side by side, a change waits for them and they for it.
 *
 * <p>A changed file gives back its places and takes new ones. Every symbol knows its position among the places of its
 * name, so that giving back moves one other place and searches for none.
 */
public final class ShardSymbols {
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Names names = new Names();
    private final Files files = new Files(names);
    private final long[] sorts = new long[Place.SORTS]; // how many symbols there are of each
    private long symbols;
    private long packedBytes;

    /** How much a shard holds; {@code bytes} counts the packed tables only. */
    public record Size(int files, long symbols, long bytes) {}

    /** One file as it is held. */
    public record Held(ContentHash content, SymbolTable table) {}

    /** Puts a file's symbols in place of those it had before. */
    public void replace(String path, ContentHash content, SymbolTable table) {
        var incoming = Incoming.of(path, content, table); // the costly part, before anybody has to wait
        changed(() -> {
            int before = files.slot(path);
            add(incoming); // first, so that names in both stay
            drop(before);
            return true;
        });
    }

    /** Forgets a file; false when it is not there. */
    public boolean remove(String path) {
        return changed(() -> drop(files.slot(path)));
    }

    /** Moves a file's symbols to another path in one step; false when there is none at {@code from}. */
    public boolean rename(String from, String to) {
        return changed(() -> {
            var old = files.find(from);
            if (old == null) {
                return false;
            }
            int replaced = files.slot(to);
            int before = files.slot(from);
            add(Incoming.of(to, old.content, old.table));
            drop(replaced == before ? -1 : replaced);
            return drop(before);
        });
    }

    /** The content that a file's symbols were found in. */
    public Optional<ContentHash> content(String path) {
        return read(() -> Optional.ofNullable(files.find(path)).map(slice -> slice.content));
    }

    /** The symbols of a file and the content they were found in, of one moment. */
    public Optional<Held> file(String path) {
        return read(() -> Optional.ofNullable(files.find(path)).map(slice -> new Held(slice.content, slice.table)));
    }

    /** The symbols of a file. */
    public Optional<SymbolTable> table(String path) {
        return read(() -> Optional.ofNullable(files.find(path)).map(slice -> slice.table));
    }

    /** Why declarations of a file are left out, or none. */
    public SourceText.Fault fault(String path) {
        return read(() -> {
            var slice = files.find(path);
            return slice == null ? SourceText.Fault.NONE : slice.fault;
        });
    }

    public Size size() {
        return read(() -> new Size(files.count(), symbols, packedBytes));
    }

    /**
     * The best of all symbols that match.
     *
     * @param cancelled asked every few thousand names; once true, the search ends with a
     *     {@link java.util.concurrent.CancellationException}
     */
    public Found search(SymbolQuery query, BooleanSupplier cancelled) {
        return read(() -> new Search(names, files, query, cancelled).run(sorts));
    }

    private <T> T changed(Supplier<T> change) {
        lock.writeLock().lock();
        try {
            return change.get();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private <T> T read(Supplier<T> question) {
        lock.readLock().lock();
        try {
            return question.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    private void add(Incoming incoming) {
        var slice = incoming.slice();
        var heads = incoming.heads();
        int slot = files.add(slice, incoming.unit());
        Set<Integer> known = new HashSet<>(); // names that Nova would have shown from this file already
        for (int i = 0; i < slice.names.length; i++) {
            int name = names.number(heads.names().get(i));
            var kind = heads.kinds()[i];
            boolean extra = kind.isExtra() || (heads.modifiers()[i] & Modifiers.HIDDEN) != 0;
            boolean first = !extra && known.add(name);
            long place = Place.of(slot, i, incoming.within()[i], Place.sort(kind, first));
            slice.names[i] = name;
            slice.positions[i] = names.add(name, place);
            sorts[Place.sort(place)]++;
        }
        symbols += slice.names.length;
        packedBytes += slice.table.bytes();
    }

    private boolean drop(int slot) {
        if (slot < 0) {
            return false;
        }
        var slice = files.slice(slot);
        for (int i = 0; i < slice.names.length; i++) {
            sorts[Place.sort(names.place(slice.names[i], slice.positions[i]))]--;
            long moved = names.remove(slice.names[i], slice.positions[i]);
            if (moved >= 0) {
                files.slice(Place.slot(moved)).positions[Place.index(moved)] = slice.positions[i];
            }
        }
        files.free(slot);
        symbols -= slice.names.length;
        packedBytes -= slice.table.bytes();
        return true;
    }
}
