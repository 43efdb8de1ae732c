package dev.skein.router.review;

import dev.skein.bus.NodeAddress;
import dev.skein.review.run.Reviews.Origin;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where what is to be reviewed lies.
 *
 * @param name that it has; empty where the root gives it one
 * @param elsewhere node that has the root; null for this one
 */
record Located(
        Path root, String name, Origin origin, @Nullable NodeAddress elsewhere) {
    /** @param real canonical root */
    String name(Path real) {
        var last = real.getFileName();
        return !name.isEmpty() ? name : last == null ? real.toString() : last.toString();
    }

    /** The same with its canonical root, as far as there is one. */
    Located canonical() {
        return new Located(real(root), name, origin, elsewhere);
    }

    private static Path real(Path root) {
        try {
            return root.toRealPath();
        } catch (IOException gone) {
            return root.normalize(); // which the scope refuses
        }
    }
}
