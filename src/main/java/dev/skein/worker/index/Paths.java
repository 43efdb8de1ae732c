package dev.skein.worker.index;

import dev.skein.index.shard.ShardLayout;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.util.List;

/** What a shard may hold by its paths. */
final class Paths {
    private Paths() {}

    /** Fails unless a path is below the shard's root in its shortest form. */
    static void requireInside(String root, String path) {
        boolean isInside = ShardLayout.isInside(path) && (root.isEmpty() || path.startsWith(root + "/"));
        if (!isInside) {
            throw new Problem(
                    Kind.INVALID, "path_outside_shard", "a path lies outside the root of its shard", List.of());
        }
    }
}
