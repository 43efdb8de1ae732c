package dev.skein.router.index;

import dev.skein.index.IndexConfig;
import dev.skein.index.shard.ShardLayout;
import dev.skein.index.shard.SourceRoots;
import dev.skein.index.workspace.Workspaces;
import dev.skein.index.workspace.Workspaces.Create;
import dev.skein.index.workspace.Workspaces.Extent;
import dev.skein.index.workspace.Workspaces.Register;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.router.index.feed.RootScan;
import dev.skein.router.index.feed.RootScan.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** The first look at a directory that is to become a workspace. Blocks. */
final class Survey {
    private final Create request;
    private final List<String> faults = new ArrayList<>();

    private Survey(Create request) {
        this.request = request;
    }

    /**
     * What the leader has to know; fails with {@code invalid_workspace} and everything that is wrong.
     *
     * @param router id of this node
     */
    static Register of(Create request, String router, IndexConfig config) throws IOException {
        return new Survey(request).look(router, config);
    }

    private Register look(String router, IndexConfig config) throws IOException {
        if (!Workspaces.NAME.matcher(request.name()).matches()) {
            faults.add("name must be 1 to 64 letters, digits, dots, dashes or underscores and begin with one of the"
                    + " first two, got " + request.name());
        }
        var given = directory(router);
        request.sourceRoots().forEach(sourceRoot -> check(given, sourceRoot));
        refuse();
        var root = given.toRealPath();
        var from = request.sourceRoots().isEmpty() ? List.of("") : request.sourceRoots();
        return register(root, router, RootScan.of(root, from, RootScan.FILES_MAX), config);
    }

    private Path directory(String router) {
        var text = request.root();
        try {
            var given = Path.of(text);
            if (!given.isAbsolute()) {
                faults.add("root must be an absolute path on node " + router + ", got " + text);
            } else if (!Files.isDirectory(given)) {
                faults.add("root must be a directory on node " + router + ", and " + text + " is none there");
            } else if (!Files.isReadable(given) || !Files.isExecutable(given)) {
                faults.add("root " + text + " cannot be read by node " + router);
            }
            return given;
        } catch (InvalidPathException e) {
            faults.add("root is no path");
            return Path.of("");
        }
    }

    private void check(Path root, String sourceRoot) {
        boolean isInside = sourceRoot.isEmpty() || ShardLayout.isInside(sourceRoot) && !sourceRoot.contains("\n");
        if (!isInside) {
            faults.add("source root " + sourceRoot + " must be relative to root, in its shortest form, and below it");
        } else if (!Files.isDirectory(root.resolve(sourceRoot))) {
            faults.add("source root " + sourceRoot + " is no directory below root");
        }
    }

    private void refuse() {
        if (!faults.isEmpty()) {
            throw new Problem(Kind.INVALID, "invalid_workspace", String.join("; ", faults), faults);
        }
    }

    private Register register(Path root, String router, Found found, IndexConfig config) {
        if (found.full()) {
            faults.add("root has %d Java files or more; name fewer source roots".formatted(RootScan.FILES_MAX));
        } else if (found.files().isEmpty()) {
            faults.add(
                    "there is no Java file below root" + (request.sourceRoots().isEmpty() ? "" : "'s source roots"));
        }
        refuse();
        var bytes = new TreeMap<String, Long>();
        found.files().forEach((path, seen) -> bytes.put(path, seen.bytes()));
        var sourceRoots =
                request.sourceRoots().isEmpty() ? SourceRoots.of(bytes.keySet()) : new TreeSet<>(request.sourceRoots());
        var layout = ShardLayout.of(sourceRoots, bytes, config.shardBytes());
        var extents = extents(layout, bytes);
        extents.removeIf(extent -> extent.files() == 0 && !sourceRoots.contains(extent.root())); // all in parts of it
        if (extents.size() > Workspaces.SHARDS_MAX) {
            faults.add("root would have %d shards, more than %d; name fewer source roots"
                    .formatted(extents.size(), Workspaces.SHARDS_MAX));
        }
        refuse();
        return new Register(
                request.name(), root.toString(), router, List.copyOf(sourceRoots), extents, request.caller());
    }

    private static List<Extent> extents(ShardLayout layout, TreeMap<String, Long> bytes) {
        var extents = new TreeMap<String, Extent>();
        layout.roots().forEach(shard -> extents.put(shard, new Extent(shard, 0, 0)));
        bytes.forEach((path, size) -> layout.root(path)
                .ifPresent(shard -> extents.computeIfPresent(
                        shard, (key, old) -> new Extent(key, old.files() + 1, old.bytes() + size))));
        return new ArrayList<>(extents.values());
    }
}
