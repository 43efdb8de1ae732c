package dev.skein.http;

import dev.skein.audit.Audit;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What the edge has to know of its node.
 *
 * @param id the node's name
 * @param roles unmodifiable: {@code coordinator router worker heavy-worker http}
 * @param isClustered whether a coordinator may be reached over the bus though none is here
 * @param version of the product
 * @param isRegistered whether the worker of this node, if it has a coordinator, is registered there
 * @param wall tells the time of day
 * @param steady tells how long something takes
 * @param metrics where every part of the node counts
 * @param audit where changes and refusals are noted
 */
public record NodeFacts(
        String id,
        Set<String> roles,
        boolean isClustered,
        String version,
        BooleanSupplier isRegistered,
        InstantSource wall,
        InstantSource steady,
        PrometheusMeterRegistry metrics,
        Audit audit) {
    public boolean has(String role) {
        return roles.contains(role);
    }

    /** Whether this node offers the cluster's API. */
    public boolean offersCluster() {
        return has("coordinator") || isClustered;
    }
}
