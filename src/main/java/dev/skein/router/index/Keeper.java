package dev.skein.router.index;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.index.feed.Feeds.Fault;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.shard.ShardLayout;
import dev.skein.index.workspace.Workspaces.Shard;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.router.index.Feed.Owner;
import dev.skein.router.index.RootScan.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after one workspace whose directory is on this node: compares it again and again and feeds its shards. */
final class Keeper {
    private static final Logger log = LoggerFactory.getLogger(Keeper.class);

    private final Path root;
    private final View workspace; // as it was first seen; owners are told by follow
    private final InstantSource wall;
    private final ShardLayout layout;
    private final Map<String, Kept> kept = new HashMap<>(); // by shard, the same ones for ever
    private boolean isLost; // used by the thread that looks

    /** What one shard should hold, and who brings it there. */
    private record Kept(ShardFiles files, Feed feed) {}

    Keeper(View workspace, Bus bus, Executor threads, InstantSource wall) {
        this.root = Path.of(workspace.root());
        this.workspace = workspace;
        this.wall = wall;
        this.layout = new ShardLayout(
                new TreeSet<>(workspace.shards().stream().map(Shard::root).toList()));
        for (var shard : layout.roots()) {
            var its = new ShardFiles(root);
            kept.put(shard, new Kept(its, new Feed(bus, directory(workspace, shard), its, threads)));
        }
    }

    /** Canonical path of a shard's root, by which its cache goes. */
    static String directory(View workspace, String shard) {
        return shard.isEmpty() ? workspace.root() : workspace.root() + "/" + shard;
    }

    /** Who has which shard now. */
    void follow(View now) {
        for (var shard : now.shards()) {
            var its = kept.get(shard.root());
            if (its != null) {
                var node = shard.node();
                var ref = new Ref(now.id(), shard.root(), shard.epoch());
                its.feed.assign(node == null ? null : new Owner(NodeAddress.parse(node), ref));
            }
        }
    }

    /** Nobody is told anything any more. */
    void close() {
        kept.values().forEach(its -> its.feed.assign(null));
    }

    /**
     * Compares with the disk; blocks. While the root is gone nothing is told, so that its symbols stay and become
     * stale: an absent disk is no deletion.
     */
    void look() {
        long now = wall.millis();
        try {
            if (!Files.isDirectory(root)) {
                throw new IOException("it is no directory any more");
            }
            var found = RootScan.of(root, layout.roots(), RootScan.FILES_MAX);
            if (found.full()) {
                throw new IOException("it has %d files or more".formatted(RootScan.FILES_MAX)); // not: the rest is gone
            }
            byShard(found.files()).forEach((shard, seen) -> {
                var its = kept.get(shard);
                if (its != null) {
                    its.files.missed(in(shard, found.faults()));
                    its.feed.compared(its.files.compare(seen, now), now);
                }
            });
            isLost = false;
        } catch (IOException | RuntimeException e) {
            if (!isLost) {
                log.warn("the root of workspace {} cannot be looked at: {}", workspace.name(), e.toString());
            }
            isLost = true;
        }
    }

    /** A directory that is a shard's root belongs to that shard, any other to the one it lies in. */
    private List<Fault> in(String shard, List<Fault> faults) {
        return faults.stream()
                .filter(fault -> layout.roots().contains(fault.path())
                        ? fault.path().equals(shard)
                        : layout.root(fault.path()).filter(shard::equals).isPresent())
                .toList();
    }

    private Map<String, NavigableMap<String, Seen>> byShard(NavigableMap<String, Seen> found) {
        var shards = new HashMap<String, NavigableMap<String, Seen>>();
        layout.roots().forEach(shard -> shards.put(shard, new TreeMap<>()));
        found.forEach((path, seen) -> layout.root(path).ifPresent(shard -> {
            var its = shards.get(shard);
            if (its != null) {
                its.put(path, seen);
            }
        }));
        return shards;
    }
}
