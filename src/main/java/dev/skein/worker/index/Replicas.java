package dev.skein.worker.index;

import dev.skein.index.cache.CacheKey;
import dev.skein.index.cache.ShardCache;
import dev.skein.index.feed.Feeds.Begin;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.workspace.Workspaces.Shard;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.kernel.Problem;
import dev.skein.worker.index.leisure.Leisure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The shards of this worker. What changes one is done in the order it came. Confined to one event loop. */
final class Replicas {
    private static final int MAX = 10_000;

    /** A shard under whatever assignment. */
    private record Key(String workspace, String root) {}

    /** Something to be done with one shard. */
    private record Task(Key key, String what) {}

    /** One shard and the end of what is to be done with it. */
    private static final class Slot {
        final Replica replica;
        Future<?> last;

        Slot(Replica replica, Future<?> last) {
            this.replica = replica;
            this.last = last;
        }
    }

    private final Vertx vertx;
    private final ShardCache cache;
    private final EarlyLoad early;
    private final SpareHolding spares;
    private final Leisure leisure;
    private final Map<Key, Slot> slots = new HashMap<>();

    Replicas(Vertx vertx, ShardCache cache, EarlyLoad early, SpareHolding spares, Leisure leisure) {
        this.vertx = vertx;
        this.cache = cache;
        this.early = early;
        this.spares = spares;
        this.leisure = leisure;
    }

    /** Keeps what this node was given and lets go of everything else; what is new is first looked for on disk. */
    void follow(List<View> all, String here) {
        var mine = new HashSet<Key>();
        for (var view : all) {
            for (var shard : view.shards()) {
                if (here.equals(shard.node()) && mine.size() < MAX) {
                    mine.add(new Key(view.id(), shard.root()));
                    adopt(view, shard);
                }
            }
        }
        var workspaces = all.stream().map(View::id).collect(Collectors.toSet());
        spares.follow(all).forEach(early::take); // what is copied anew was read in vain
        slots.entrySet().removeIf(each -> {
            boolean isGone = !mine.contains(each.getKey());
            if (isGone) {
                letGo(each.getValue(), workspaces.contains(each.getKey().workspace));
            }
            return isGone;
        });
    }

    /** What is another's now stays on disk, since it may come back; what is nobody's does not. */
    private void letGo(Slot slot, boolean isAnothers) {
        inTurn(slot, () -> {
                    if (isAnothers) {
                        slot.replica.save();
                    } else {
                        slot.replica.forget();
                    }
                    return true;
                })
                .onComplete(done -> spares.disown(slot.replica.holdings().key()));
    }

    private void adopt(View view, Shard shard) {
        var directory = shard.root().isEmpty() ? view.root() : view.root() + "/" + shard.root();
        var slot = slot(new Key(view.id(), shard.root()), directory);
        inTurn(slot, () -> {
            slot.replica.assigned(shard.epoch());
            return true;
        });
    }

    private Slot slot(Key key, String directory) {
        var known = slots.get(key);
        if (known != null) {
            return known;
        }
        var slot = slot(key.root, directory);
        slots.put(key, slot);
        inTurn(slot, () -> {
            slot.replica.loaded();
            return true;
        });
        return slot;
    }

    private Slot slot(String root, String directory) {
        var key = new CacheKey(directory, CacheKey.SCANNER);
        spares.own(key);
        var known = early.take(key);
        if (known != null) {
            return new Slot(new Replica(root, known.holdings()), known.loaded());
        }
        var holdings = new Holdings(directory, cache);
        var loaded = vertx.executeBlocking(
                () -> {
                    spares.settle();
                    holdings.load();
                    return true;
                },
                false);
        return new Slot(new Replica(root, holdings), loaded);
    }

    /** Does in turn what brings contents. */
    <T> Future<T> arriving(Ref shard, Function<Replica, T> work) {
        return leisure.busy(() -> inTurn(shard, work));
    }

    /** Once there is time: keeps a shard on disk when that is due, and finds the rest of what questions need. */
    void ended(Ref shard, boolean whole) {
        var key = new Key(shard.workspace(), shard.root());
        leisure.later(
                new Task(key, "save"),
                () -> inTurn(shard, replica -> {
                    replica.saveWhenDue();
                    return true;
                }));
        if (whole) {
            leisure.later(new Task(key, "warm"), () -> warm(key));
        }
    }

    /** Beside what is in turn; reads all texts, which shows whether they are whole. */
    private Future<?> warm(Key key) {
        var slot = slots.get(key);
        return slot == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(Executors.callable(slot.replica.code()::warm), false)
                        .compose(read -> inTurn(slot, Executors.callable(slot.replica::requireTexts)));
    }

    /** Whether the worker has everything that the router has. */
    Future<Boolean> begin(Begin ask) {
        var key = new Key(ask.shard().workspace(), ask.shard().root());
        if (slots.size() >= MAX && !slots.containsKey(key)) {
            throw Problem.busy("too_many_shards", "this worker has %d shards already".formatted(MAX));
        }
        var slot = slot(key, ask.directory());
        return inTurn(slot, () -> slot.replica.begin(ask));
    }

    /** Whatever epoch it has. */
    private Optional<Replica> find(Ref shard) {
        var slot = slots.get(new Key(shard.workspace(), shard.root()));
        return Optional.ofNullable(slot).map(each -> each.replica);
    }

    /** One that is held under exactly that assignment. */
    Optional<Replica> current(Ref shard) {
        return find(shard).filter(replica -> replica.standing().epoch() == shard.epoch());
    }

    /** All of one workspace, by its id, that are held under some assignment. */
    Map<Ref, Replica> of(String workspace) {
        var found = new HashMap<Ref, Replica>();
        slots.forEach((key, slot) -> {
            if (key.workspace.equals(workspace)) {
                found.put(new Ref(workspace, key.root, slot.replica.standing().epoch()), slot.replica);
            }
        });
        return found;
    }

    /** Does something with a shard once everything before is done. */
    <T> Future<T> inTurn(Ref shard, Function<Replica, T> work) {
        var slot = slots.get(new Key(shard.workspace(), shard.root()));
        return slot == null
                ? Future.failedFuture(Problem.conflict("feed_unknown", "this worker does not hold that shard"))
                : inTurn(slot, () -> work.apply(slot.replica));
    }

    private <T> Future<T> inTurn(Slot slot, Callable<T> work) {
        Future<T> mine = slot.last.transform(before -> vertx.executeBlocking(work, false));
        slot.last = mine;
        return mine;
    }

    /** What all of it takes in memory, roughly. */
    long bytes() {
        return slots.values().stream()
                .mapToLong(slot -> slot.replica.symbols().size().bytes()
                        + slot.replica.code().bytes())
                .sum();
    }

    /** Keeps on disk what is not yet. */
    Future<?> save() {
        var saved = slots.values().stream()
                .map(slot -> inTurn(slot, () -> {
                    slot.replica.save();
                    return true;
                }))
                .toList();
        return saved.isEmpty() ? Future.succeededFuture() : Future.join(saved);
    }
}
