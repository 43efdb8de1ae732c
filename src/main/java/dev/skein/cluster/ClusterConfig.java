package dev.skein.cluster;

import dev.skein.bus.seal.JoinKeys;
import dev.skein.config.Settings;
import dev.skein.kernel.Check;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How this node meets the others. Built once at start.
 *
 * @param enabled whether it joins a cluster at all; {@code -cluster} sets it ({@code cluster.enabled}, default false)
 * @param name nodes of another name are strangers ({@code cluster.name}, default {@code skein})
 * @param host address to bind for members and bus; anything but loopback must be a private network, since the
 *     members' traffic is not encrypted ({@code cluster.host}, default {@code 127.0.0.1})
 * @param port first port to try for members ({@code cluster.port}, default 5701)
 * @param portCount how many ports from there on to try ({@code cluster.port-count}, default 20)
 * @param members every node there may be, {@code host:port}; empty means this host on each of those ports
 *     ({@code cluster.members})
 * @param joinKeys secrets that the nodes share, separated by commas or lines; the first seals, all are believed
 *     ({@code cluster.join-key}, {@code cluster.join-key-file}; without one only a cluster on loopback starts)
 * @param allowPublic whether a host that is neither loopback nor private may be bound ({@code cluster.allow-public},
 *     default false)
 */
public record ClusterConfig(
        boolean enabled,
        String name,
        String host,
        int port,
        int portCount,
        List<String> members,
        JoinKeys joinKeys,
        boolean allowPublic) {
    public static final ClusterConfig DEFAULTS = new ClusterConfig(false, "skein", "127.0.0.1", 5701, 20, List.of());
    private static final int PORT_MAX = 65_535;

    public ClusterConfig {
        Check.between("cluster.port", port, 1, PORT_MAX);
        Check.between("cluster.port-count", portCount, 1, 100);
        members = List.copyOf(members);
    }

    /** A cluster without a join key, on loopback. */
    public ClusterConfig(boolean enabled, String name, String host, int port, int portCount, List<String> members) {
        this(enabled, name, host, port, portCount, members, JoinKeys.NONE, false);
    }

    public static ClusterConfig from(Settings settings) {
        return settings.build(
                DEFAULTS,
                () -> new ClusterConfig(
                        settings.flag("cluster.enabled", DEFAULTS.enabled),
                        settings.text("cluster.name", DEFAULTS.name),
                        settings.text("cluster.host", DEFAULTS.host),
                        settings.integer("cluster.port", DEFAULTS.port, 1, PORT_MAX),
                        settings.integer("cluster.port-count", DEFAULTS.portCount, 1, 100),
                        settings.list("cluster.members", DEFAULTS.members),
                        JoinKeys.of("cluster.join-key", settings.secret("cluster.join-key")),
                        settings.flag("cluster.allow-public", DEFAULTS.allowPublic)));
    }

    /** The members to look for: those given, or this host on each port that may be tried. */
    List<String> candidates() {
        return members.isEmpty()
                ? IntStream.range(port, port + portCount)
                        .mapToObj(each -> host + ":" + each)
                        .toList()
                : members;
    }
}
