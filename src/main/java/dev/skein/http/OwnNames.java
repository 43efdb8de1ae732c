package dev.skein.http;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether others mean this node when they say {@code host:port}. What a request says of its own target does not count,
 * since whoever sends a token on that was made for somebody else chooses that too. Thread-safe; may block.
 *
 * <p>Without settings: the advertised address, and at this node's port the address it listens on, or all the machine's
 * when it listens on all, and the machine's name. Names of loopback mean it only when it listens there.
 */
public final class OwnNames implements Predicate<String> {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    private static final Set<String> ALL = Set.of("0.0.0.0", "0:0:0:0:0:0:0:0");

    private final String bound;
    private final List<String> given;
    private final @Nullable String advertised;
    private final IntSupplier port;

    /**
     * Names of an edge.
     *
     * @param advertised where its worker says that it is reached, an URL; null when it says nothing
     * @param port the one that it listens on
     */
    public OwnNames(HttpConfig config, @Nullable String advertised, IntSupplier port) {
        this.bound = bare(config.host());
        this.given = config.names();
        this.advertised = advertised;
        this.port = port;
    }

    @Override
    public boolean test(String address) {
        return addresses().contains(plain(address));
    }

    private Set<String> addresses() {
        int here = port.getAsInt();
        if (!given.isEmpty()) {
            return given.stream()
                    .map(name -> plain(hasPort(name) ? name : name + ":" + here))
                    .collect(Collectors.toSet());
        }
        var all = hosts().stream().map(host -> host + ":" + here).collect(Collectors.toCollection(HashSet::new));
        var authority = advertised == null ? null : URI.create(advertised).getRawAuthority();
        if (authority != null) {
            all.add(plain(authority));
        }
        return all;
    }

    private Set<String> hosts() {
        if (LOOPBACK.contains(bound)) {
            return LOOPBACK;
        }
        var hosts = new HashSet<String>();
        try {
            hosts.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
        } catch (UnknownHostException nameless) {
            hosts.add(bound); // it has no name but that
        }
        if (ALL.contains(bound)) {
            hosts.addAll(cards());
        } else {
            hosts.add(bound);
        }
        hosts.removeAll(LOOPBACK);
        return hosts;
    }

    private static Set<String> cards() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .map(address -> bare(address.getHostAddress()))
                    .collect(Collectors.toSet());
        } catch (SocketException unknown) {
            return Set.of();
        }
    }

    private static boolean hasPort(String name) {
        return name.lastIndexOf(':') > name.lastIndexOf(']');
    }

    /** In the one spelling: small letters, IPv6 in its longest form without brackets or zone. */
    private static String plain(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : bare(address.substring(0, colon)) + address.substring(colon);
    }

    private static String bare(String host) {
        var name = host.replaceAll("^\\[|]$|%.*", "").toLowerCase(Locale.ROOT);
        try {
            return name.contains(":") ? InetAddress.getByName(name).getHostAddress() : name; // an address: no look-up
        } catch (UnknownHostException noAddress) {
            return name;
        }
    }
}
