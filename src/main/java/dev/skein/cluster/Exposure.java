package dev.skein.cluster;

import dev.skein.kernel.Problem;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Who could reach the members' port: nobody else, a private network, or anybody. */
enum Exposure {
    LOOPBACK,
    PRIVATE,
    PUBLIC;

    /** The widest of what a host's name or address stands for. */
    static Exposure of(String host) {
        var widest = LOOPBACK;
        try {
            for (var address : InetAddress.getAllByName(host)) {
                var one = of(address);
                widest = one.compareTo(widest) > 0 ? one : widest;
            }
        } catch (UnknownHostException e) {
            throw Problem.invalid("cluster.host " + host + " is not known on this machine");
        }
        return widest;
    }

    private static Exposure of(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return LOOPBACK;
        }
        boolean isPrivate = address.isSiteLocalAddress() || address.isLinkLocalAddress() || isShared(address);
        return isPrivate && !address.isAnyLocalAddress() ? PRIVATE : PUBLIC;
    }

    /** 100.64.0.0/10 and fc00::/7, which Java does not name. */
    private static boolean isShared(InetAddress address) {
        var bytes = address.getAddress();
        return address instanceof Inet4Address ? bytes[0] == 100 && (bytes[1] & 0xc0) == 64 : (bytes[0] & 0xfe) == 0xfc;
    }

    /** Why a cluster with these settings must not start, or null. */
    static @Nullable String refusal(ClusterConfig config) {
        var exposure = of(config.host());
        if (exposure == PUBLIC && !config.allowPublic()) {
            return ("cluster.host %s can be reached from anywhere, and members speak to each other in the clear; bind a"
                            + " private address, or set cluster.allow-public: true where a firewall keeps others out")
                    .formatted(config.host());
        }
        if (exposure != LOOPBACK && config.joinKeys().isEmpty()) {
            return "cluster.host %s is not loopback, so cluster.join-key must be set; openssl rand -hex 32 makes one"
                    .formatted(config.host());
        }
        return null;
    }
}
