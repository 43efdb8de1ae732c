package dev.skein.worker.index;

import dev.skein.bus.Bus;
import dev.skein.bus.Endpoint;
import dev.skein.bus.NodeAddress;
import dev.skein.index.cache.CacheCopy;
import dev.skein.index.cache.CacheKey;
import dev.skein.index.cache.Cached;
import dev.skein.index.cache.Loaded;
import dev.skein.index.cache.ShardCache;
import dev.skein.index.code.TextFile;
import dev.skein.index.feed.Feeds.Part;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.feed.Spares;
import dev.skein.index.feed.Spares.AskKept;
import dev.skein.index.feed.Spares.AskPart;
import dev.skein.index.feed.Spares.AskTexts;
import dev.skein.index.feed.Spares.Kept;
import dev.skein.index.source.ContentHash;
import dev.skein.index.workspace.Workspaces.Shard;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.kernel.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies shards of other workers to this one's disk, one stretch after the other, so that this worker needs nothing
 * from the router when it becomes their owner but what has changed since. Copies on a thread of its own; of a shard
 * that this worker owns nothing is ever written here.
 */
final class SpareHolding implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SpareHolding.class);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Bus bus;
    private final ShardCache cache;
    private final BooleanSupplier ready;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(SpareHolding::daemon);
    private final AtomicBoolean copying = new AtomicBoolean();
    private final Set<CacheKey> owned = ConcurrentHashMap.newKeySet();
    private final Map<CacheKey, Long> whole = new HashMap<>(); // when that was written which is here; by the thread
    private volatile Map<CacheKey, Source> wanted = Map.of();
    private volatile Set<CacheKey> mine = Set.of(); // wanted, or would be if the owner were there

    /** Where a shard is to be copied from. */
    private record Source(Ref shard, NodeAddress owner) {}

    /** Something that is written unless this worker owns the shard. */
    private interface Writing {
        void write() throws IOException;
    }

    /** @param ready whether copies may be written */
    SpareHolding(Bus bus, ShardCache cache, BooleanSupplier ready) {
        this.bus = bus;
        this.cache = cache;
        this.ready = ready;
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "skein-index-spare");
        thread.setDaemon(true);
        return thread;
    }

    /** Which shards to copy now, among those of all workspaces; those whose owner is away are kept as they are. */
    Set<CacheKey> follow(List<View> all) {
        var here = bus.here().toString();
        var next = new HashMap<CacheKey, Source>();
        var held = new LinkedHashSet<CacheKey>();
        for (var view : all) {
            view.shards().stream()
                    .filter(shard -> here.equals(shard.spareNode()))
                    .forEach(shard -> {
                        var key = key(view, shard);
                        held.add(key);
                        source(view, shard).ifPresent(source -> next.put(key, source));
                    });
        }
        wanted = Map.copyOf(next);
        mine = Set.copyOf(held);
        return held;
    }

    private static CacheKey key(View view, Shard shard) {
        var directory = shard.root().isEmpty() ? view.root() : view.root() + "/" + shard.root();
        return new CacheKey(directory, CacheKey.SCANNER);
    }

    private static Optional<Source> source(View view, Shard shard) {
        var ref = new Ref(view.id(), shard.root(), shard.epoch());
        return Optional.ofNullable(shard.node()).map(node -> new Source(ref, NodeAddress.parse(node)));
    }

    /** Nothing of a shard is written here any more, but for what is being written now. */
    void own(CacheKey key) {
        owned.add(key);
    }

    /** Waits until nothing is being written; blocks for a write at most. */
    synchronized void settle() {}

    /** Keeps what is of use from being swept, and sweeps the rest; blocks on the disk. */
    void sweep(long nowMillis, Duration keep) {
        owned.forEach(key -> cache.use(key, nowMillis));
        mine.forEach(key -> cache.use(key, nowMillis));
        int gone = cache.sweep(nowMillis - keep.toMillis(), key -> owned.contains(key) || mine.contains(key));
        if (gone > 0) {
            log.info("{} shards that were of no use for long are not kept on disk any more", gone);
        }
    }

    void disown(CacheKey key) {
        owned.remove(key);
    }

    /** Copies what is new, unless that is being done. */
    void look() {
        if (wanted.isEmpty() || !ready.getAsBoolean() || !copying.compareAndSet(false, true)) {
            return;
        }
        try {
            thread.execute(() -> {
                wanted.forEach(this::look);
                copying.set(false);
            });
        } catch (RejectedExecutionException closed) {
            return; // the node stops
        }
    }

    /** What fails is tried again at the next look. */
    private void look(CacheKey key, Source from) {
        try {
            long held = whole.getOrDefault(key, 0L);
            var kept = ask(from, Spares.KEPT, new AskKept(from.shard, bus.here().node(), held));
            if (kept.writtenMillis() != 0 && kept.writtenMillis() != held && !owned.contains(key)) {
                whole.remove(key);
                copy(key, from, kept);
                whole.put(key, kept.writtenMillis());
                ask(from, Spares.KEPT, new AskKept(from.shard, bus.here().node(), kept.writtenMillis()));
            }
        } catch (Problem refused) {
            log.debug("a shard is not copied now: {}", refused.code());
        } catch (IOException | RuntimeException e) {
            log.warn("a shard cannot be copied: {}", e.toString());
        }
    }

    private void copy(CacheKey key, Source from, Kept kept) throws IOException {
        var here = load(key);
        if (here == null || here.writtenMillis() != kept.writtenMillis()) {
            symbols(key, from, kept);
            here = load(key);
        }
        if (here == null || here.writtenMillis() != kept.writtenMillis()) {
            throw Problem.conflict("spare_moved", "what came is not whole");
        }
        texts(key, from, here);
    }

    private @Nullable Cached load(CacheKey key) {
        return cache.load(key) instanceof Loaded.Hit hit ? hit.cached() : null;
    }

    private void symbols(CacheKey key, Source from, Kept kept) throws IOException {
        try (var copy = new CacheCopy(cache, key)) {
            for (int part = 0; part < kept.parts().size(); part++) {
                copy.next();
                long offset = 0;
                while (offset < kept.parts().get(part)) {
                    var ask = new AskPart(from.shard, kept.writtenMillis(), part, offset);
                    var bytes = first(ask(from, Spares.PART, ask).parts()).content();
                    copy.add(bytes);
                    offset += bytes.length;
                }
            }
            write(key, copy::install);
        }
    }

    private static Part first(List<Part> parts) {
        if (parts.isEmpty() || parts.get(0).content().length == 0) {
            throw Problem.conflict("spare_moved", "there is less than was announced");
        }
        return parts.get(0);
    }

    private void texts(CacheKey key, Source from, Cached here) throws IOException {
        var all = new LinkedHashSet<ContentHash>();
        here.files().values().forEach(file -> all.add(file.content()));
        try (var texts = new TextFile(cache.texts(key))) {
            var lacking = new ArrayList<ContentHash>();
            write(key, () -> all.stream().filter(hash -> !texts.has(hash)).forEach(lacking::add));
            for (int at = 0; at < lacking.size(); at += Spares.CONTENTS) {
                texts(key, from, texts, lacking.subList(at, Math.min(lacking.size(), at + Spares.CONTENTS)));
            }
            write(key, () -> texts.keepOnly(all));
        }
    }

    /** Goes on behind what came last, until all of it was there or passed over. */
    private void texts(CacheKey key, Source from, TextFile to, List<ContentHash> lacking) throws IOException {
        var assembly = new Assembly();
        int done = 0;
        long offset = 0;
        while (done < lacking.size()) {
            var rest = lacking.subList(done, lacking.size());
            var parts = ask(from, Spares.TEXTS, new AskTexts(from.shard, rest, offset))
                    .parts();
            if (parts.isEmpty()) {
                return; // the owner has none of the rest
            }
            for (var part : parts) {
                var hash = part.item().content();
                var content = assembly.add(part);
                offset = content == null ? part.offset() + part.content().length : 0;
                done = lacking.indexOf(hash) + (content == null ? 0 : 1);
                if (content != null) {
                    write(key, () -> to.put(hash, content));
                }
            }
        }
    }

    private synchronized void write(CacheKey key, Writing writing) throws IOException {
        if (owned.contains(key)) {
            throw Problem.conflict("spare_owned", "the shard is this worker's now");
        }
        writing.write();
    }

    private <Q extends Record, R extends Record> R ask(Source from, Endpoint<Q, R> endpoint, Q question) {
        try {
            return bus.askAt(from.owner, endpoint, question, DEADLINE)
                    .await(DEADLINE.toMillis() + 1_000, TimeUnit.MILLISECONDS);
        } catch (Exception e) {
            var problem = Problem.in(e);
            throw problem != null ? problem : Problem.timeout("no answer from the owner of a shard");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
