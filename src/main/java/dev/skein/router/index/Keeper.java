package dev.skein.router.index;

import dev.skein.bus.NodeAddress;
import dev.skein.index.feed.Feeds.Fault;
import dev.skein.index.feed.Feeds.Ref;
import dev.skein.index.overlay.Overlay;
import dev.skein.index.shard.ShardLayout;
import dev.skein.index.workspace.Workspaces.Shard;
import dev.skein.index.workspace.Workspaces.View;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.router.index.feed.Feed;
import dev.skein.router.index.feed.Feed.Owner;
import dev.skein.router.index.feed.Feed.Reached;
import dev.skein.router.index.feed.Lanes;
import dev.skein.router.index.feed.ManifestFile;
import dev.skein.router.index.feed.RootScan;
import dev.skein.router.index.feed.RootScan.Seen;
import dev.skein.router.index.feed.ShardFiles;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after one workspace whose directory is on this node: compares it again and again, holds what is open of it in
 * editors, and feeds its shards. Thread-safe, but looked at by one thread at a time.
 */
final class Keeper {
    private static final Logger log = LoggerFactory.getLogger(Keeper.class);
    private static final int AT_ONCE = 16; // files

    private final Path root;
    private final View workspace; // as it was first seen; owners are told by follow
    private final InstantSource wall;
    private final ShardLayout layout;
    private final Overlay overlay;
    private final Watch watch;
    private final Map<String, Kept> kept = new HashMap<>(); // by shard, the same ones for ever
    private boolean isLost; // used by the thread that looks, as is the next
    private boolean isLoaded;

    /** What one shard should hold, and who brings it there. */
    private record Kept(ShardFiles files, Feed feed, Lanes lanes) {}

    Keeper(View workspace, Means means, Executor transfers, Watch watch) {
        this.watch = watch;
        this.root = Path.of(workspace.root());
        this.workspace = workspace;
        this.wall = means.wall();
        this.overlay = new Overlay(means.texts(), path -> of(path).feed.expect(path));
        this.layout = new ShardLayout(
                new TreeSet<>(workspace.shards().stream().map(Shard::root).toList()));
        layout.roots().forEach(shard -> kept.put(shard, keep(shard, means, transfers)));
    }

    private Kept keep(String shard, Means means, Executor transfers) {
        var revisions = means.revisions();
        var manifest = new ManifestFile(means.manifests(), workspace.id() + '\0' + directory(workspace, shard));
        var its = new ShardFiles(
                root, overlay, path -> layout.root(path).filter(shard::equals).isPresent(), manifest);
        var feed = new Feed(means.bus(), directory(workspace, shard), its, transfers, revisions);
        return new Kept(its, feed, new Lanes(means.vertx(), means.bus(), its, feed, revisions));
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

    /** Nobody is told anything any more, and nothing of it is left. */
    void forget() {
        watch.forget(this);
        kept.values().forEach(its -> {
            its.feed.assign(null);
            its.files.forget();
        });
        overlay.clear();
    }

    /** Keeps for the next life what this one knows; not while it looks. */
    void save() {
        kept.values().forEach(its -> its.files.save());
    }

    /** Of the workspace. */
    String id() {
        return workspace.id();
    }

    Overlay overlay() {
        return overlay;
    }

    Path root() {
        return root;
    }

    /** Those paths that belong to a shard. */
    List<String> mine(Collection<String> paths) {
        return paths.stream().filter(path -> layout.root(path).isPresent()).toList();
    }

    /** Fails unless a document may lie there: below the root of a shard, in the shortest form, and of Java. */
    void requireDocument(String path) {
        boolean isInside = ShardLayout.isInside(path);
        if (!isInside || !path.endsWith(".java")) {
            var rule = isInside ? "end with .java" : "be relative to the root, in its shortest form, and below it";
            throw new Problem(Kind.INVALID, "invalid_path", "the path of a document must " + rule, List.of());
        }
        if (layout.root(path).isEmpty()) {
            throw new Problem(
                    Kind.INVALID, "path_outside_shards", "the path lies in no source root of the workspace", List.of());
        }
    }

    private Kept of(String path) {
        var its = layout.root(path).map(kept::get).orElse(null);
        if (its == null) {
            throw new IllegalArgumentException("a path in no shard"); // requireDocument comes first
        }
        return its;
    }

    /** Brings a file to its owner at once. True when that has it, false when a round will bring it. */
    Future<Boolean> push(String path) {
        return of(path).lanes.push(path);
    }

    /** Brings two files in one round, so that one goes as the other comes. */
    void moved(String from, String to) {
        if (of(from) == of(to)) {
            of(to).feed.leave(List.of(from, to));
        } else {
            of(from).feed.leave(List.of(from));
            of(to).feed.leave(List.of(to));
        }
    }

    /** Whether the owner has the last change of a document. */
    boolean has(String path) {
        return of(path).feed.has(path);
    }

    /** Compares some files at once, and returns those that have changed. Blocks. */
    Set<String> glance(Collection<String> paths) {
        var changed = new TreeSet<String>();
        for (var path : paths) {
            if (of(path).files.glance(path, wall.millis())) {
                changed.add(path);
            }
        }
        return changed;
    }

    /** Brings what was glanced at: a few files at once, many in a round. */
    Future<Boolean> bring(Set<String> paths) {
        if (paths.size() > AT_ONCE) {
            paths.forEach(path -> of(path).feed.leave(List.of(path)));
            return Future.succeededFuture(false);
        }
        var pushed = paths.stream().map(this::push).toList();
        return pushed.isEmpty()
                ? Future.succeededFuture(true)
                : Future.all(pushed).map(all -> pushed.stream().allMatch(Future::result));
    }

    /** How far the owner of each shard is. */
    Map<String, Reached> reached() {
        var all = new HashMap<String, Reached>();
        kept.forEach((shard, its) -> all.put(shard, its.feed.reached()));
        return all;
    }

    long superseded() {
        return kept.values().stream().mapToLong(its -> its.lanes.superseded()).sum();
    }

    /**
     * Compares with the disk; blocks. While the root is gone nothing is told, so that its symbols stay and become
     * stale: an absent disk is no deletion.
     */
    synchronized void look() {
        long now = wall.millis();
        try {
            if (!isLoaded) {
                kept.values().forEach(its -> its.files.load());
                isLoaded = true;
            }
            kept.values().forEach(its -> its.files.walk());
            if (!Files.isDirectory(root)) {
                throw new IOException("it is no directory any more");
            }
            var found = RootScan.of(root, layout.roots(), RootScan.FILES_MAX);
            if (found.full()) {
                throw new IOException("it has %d files or more".formatted(RootScan.FILES_MAX)); // not: the rest is gone
            }
            watch.follow(this, directories(found.files()));
            byShard(found.files()).forEach((shard, seen) -> {
                var its = kept.get(shard);
                if (its != null) {
                    its.files.missed(in(shard, found.faults()));
                    its.feed.compared(its.files.compare(seen, now), now);
                    its.files.saveWhenDue(now);
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

    /** Where there are files, and everything above. */
    private static Set<String> directories(NavigableMap<String, Seen> found) {
        var all = new TreeSet<String>();
        all.add("");
        for (var path : found.keySet()) {
            int end = path.lastIndexOf('/');
            while (end > 0 && all.add(path.substring(0, end))) {
                end = path.lastIndexOf('/', end - 1);
            }
        }
        return all;
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
