package dev.skein.http.contract;

import java.util.Locale;

/** Which kind of node offers an operation: {@code x-family} of the contract. */
public enum Family {
    /** Nodes from which a coordinator can be asked. */
    CLUSTER,
    /** Nodes that host pipelines. */
    WORKER,
    /** Every node. */
    NODE,
    /** Whoever mounts it: the dashboard's feed. */
    LIVE;

    static Family of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
