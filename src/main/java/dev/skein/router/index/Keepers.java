package dev.skein.router.index;

import dev.skein.index.IndexConfig;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.router.index.feed.Feed.Reached;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Everything this node keeps, on threads of its own that may wait for disks and workers. Thread-safe. */
final class Keepers implements AutoCloseable {
    private static final int TRANSFERS = 4; // shards fed at once
    private static final int LOOKS = 2; // roots compared at once
    private static final int REST = 20; // times as long as a look took, so that looking takes a twentieth of a thread
    private static final int CLOSE_SECONDS = 2;
    private static final int STALE_PART = 4; // of the time after which a shard counts as stale, at most

    private final IndexConfig config;
    private final Means means;
    private final ExecutorService transfers = Executors.newFixedThreadPool(TRANSFERS, daemons("skein-index-feed"));
    private final ScheduledExecutorService looks = Executors.newScheduledThreadPool(LOOKS, daemons("skein-index-look"));
    private final ExecutorService saves = Executors.newSingleThreadExecutor(daemons("skein-index-save"));
    private final Set<Keeper> hurried = ConcurrentHashMap.newKeySet();
    private final Watch watch = new Watch(this::hurry);
    private final Remembered remembered;
    private final Map<String, Keeper> keepers = new HashMap<>(); // by id of the workspace; guarded by this

    Keepers(IndexConfig config, Means means) {
        this.config = config;
        this.means = means;
        this.remembered = new Remembered(means.manifests().resolve("workspaces"));
    }

    Means means() {
        return means;
    }

    /** Looks at what an earlier life kept before anybody says whether there still is that; blocks on the disk. */
    synchronized void resume() {
        for (var view : remembered.load()) {
            if (isMine(view)) {
                keepers.computeIfAbsent(view.id(), id -> begin(view));
            }
        }
    }

    private boolean isMine(View view) {
        return view.router().equals(means.bus().here().node());
    }

    private static ThreadFactory daemons(String name) {
        return work -> {
            var thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** What there is to keep now, among all workspaces. */
    synchronized void follow(List<View> all) {
        var ids = new HashSet<String>();
        var mine = all.stream().filter(this::isMine).toList();
        for (var view : mine) {
            ids.add(view.id());
            keepers.computeIfAbsent(view.id(), id -> begin(view)).follow(view);
        }
        remember(mine);
        keepers.entrySet().removeIf(each -> {
            boolean isGone = !ids.contains(each.getKey());
            if (isGone) {
                each.getValue().forget();
            }
            return isGone;
        });
    }

    private void remember(List<View> mine) {
        var bare = mine.stream().map(Remembered::bare).toList();
        try {
            saves.execute(() -> remembered.save(bare));
        } catch (RejectedExecutionException closed) {
            return; // the node stops
        }
    }

    /** The one of a workspace, by its id. */
    synchronized Optional<Keeper> find(String id) {
        return Optional.ofNullable(keepers.get(id));
    }

    synchronized List<Keeper> all() {
        return List.copyOf(keepers.values());
    }

    /** How far the owners of a workspace's shards are; empty when it is not fed from here. */
    Map<String, Reached> reached(String id) {
        return find(id).map(Keeper::reached).orElse(Map.of());
    }

    private Keeper begin(View view) {
        var keeper = new Keeper(view, means, transfers, watch);
        again(view.id(), Duration.ZERO);
        return keeper;
    }

    private void again(String id, Duration pause) {
        try {
            looks.schedule(() -> look(id), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            return; // the node stops
        }
    }

    /** One look beside those that come by themselves. */
    private void hurry(Keeper keeper) {
        if (!hurried.add(keeper)) {
            return; // the one that is coming will see it too
        }
        try {
            looks.execute(() -> {
                hurried.remove(keeper);
                keeper.look();
            });
        } catch (RejectedExecutionException closed) {
            return; // the node stops
        }
    }

    private void look(String id) {
        Keeper keeper;
        synchronized (this) {
            keeper = keepers.get(id);
        }
        if (keeper == null) {
            return; // removed meanwhile
        }
        var steady = means.steady();
        var began = steady.instant();
        try {
            keeper.look();
        } finally { // whatever happens, it is looked at again
            again(id, rest(Duration.between(began, steady.instant()), config));
        }
    }

    /** How long to wait after a look that took so long: soon enough to keep what is fresh from counting as stale. */
    static Duration rest(Duration look, IndexConfig config) {
        var shortest = config.pollInterval();
        var longest = config.staleAfter().dividedBy(STALE_PART);
        var wanted = look.multipliedBy(REST);
        var bounded = wanted.compareTo(longest) > 0 ? longest : wanted;
        return bounded.compareTo(shortest) > 0 ? bounded : shortest;
    }

    /** Blocks until nobody looks any more, or a short while. */
    @Override
    public void close() {
        watch.close();
        looks.shutdownNow();
        transfers.shutdownNow();
        saves.shutdown();
        try {
            if (looks.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                all().forEach(Keeper::save);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
