package dev.skein.cli.node;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The cluster that a node becomes a member of. */
final class JoinOptions {
    @Option(
            names = "--join",
            split = ",",
            paramLabel = "HOST",
            description = "hosts of the cluster, HOST or HOST:PORT; separated by commas")
    List<String> hosts = List.of();

    @Option(
            names = "--join-key",
            paramLabel = "KEY",
            description = "secret that the nodes share (better SKEIN_CLUSTER_JOIN_KEY or a file in the settings)")
    @Nullable
    String key;

    NodeFlags into(NodeFlags flags) {
        flags.set("cluster.join-key", key);
        return hosts.isEmpty()
                ? flags
                : flags.set("cluster.enabled", true).set("cluster.members", String.join(",", hosts));
    }
}
