package dev.skein.router.index;

import dev.skein.bus.Bus;
import dev.skein.index.IndexConfig;
import dev.skein.index.workspace.Workspaces.View;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
    private static final int STALE_PART = 4; // of the time after which a shard counts as stale, at most

    private final Bus bus;
    private final IndexConfig config;
    private final InstantSource wall;
    private final InstantSource steady;
    private final ExecutorService transfers = Executors.newFixedThreadPool(TRANSFERS, daemons("skein-index-feed"));
    private final ScheduledExecutorService looks = Executors.newScheduledThreadPool(LOOKS, daemons("skein-index-look"));
    private final Map<String, Keeper> keepers = new HashMap<>(); // by id of the workspace; guarded by this

    Keepers(Bus bus, IndexConfig config, InstantSource wall, InstantSource steady) {
        this.bus = bus;
        this.config = config;
        this.wall = wall;
        this.steady = steady;
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
        for (var view : all) {
            if (view.router().equals(bus.here().node())) {
                ids.add(view.id());
                keepers.computeIfAbsent(view.id(), id -> begin(view)).follow(view);
            }
        }
        keepers.entrySet().removeIf(each -> {
            boolean isGone = !ids.contains(each.getKey());
            if (isGone) {
                each.getValue().close();
            }
            return isGone;
        });
    }

    private Keeper begin(View view) {
        var keeper = new Keeper(view, bus, transfers, wall);
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

    private void look(String id) {
        Keeper keeper;
        synchronized (this) {
            keeper = keepers.get(id);
        }
        if (keeper == null) {
            return; // removed meanwhile
        }
        var began = steady.instant();
        keeper.look();
        again(id, rest(Duration.between(began, steady.instant()), config));
    }

    /** How long to wait after a look that took so long: soon enough to keep what is fresh from counting as stale. */
    static Duration rest(Duration look, IndexConfig config) {
        var shortest = config.pollInterval();
        var longest = config.staleAfter().dividedBy(STALE_PART);
        var wanted = look.multipliedBy(REST);
        var bounded = wanted.compareTo(longest) > 0 ? longest : wanted;
        return bounded.compareTo(shortest) > 0 ? bounded : shortest;
    }

    @Override
    public void close() {
        looks.shutdownNow();
        transfers.shutdownNow();
    }
}
