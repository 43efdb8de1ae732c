package dev.skein.coordinator.review.rows;

import dev.skein.review.run.Reviews;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is kept.
 *
 * @param fingerprint of its engine with its persona on the router's node
 * @param submitter who asked for it, and in whose name its jobs are
 * @param filled whether all its units were added
 * @param finishedAt null while it runs
 */
public record Run(
        String id,
        String key,
        String hash,
        String name,
        String root,
        String node,
        Reviews.Origin origin,
        Reviews.Choice choice,
        String persona,
        String fingerprint,
        int files,
        long lines,
        Map<String, Integer> skipped,
        String submitter,
        boolean filled,
        boolean cancelled,
        long createdAt,
        @Nullable Long finishedAt) {
    public Run {
        skipped = Map.copyOf(skipped);
    }
}
