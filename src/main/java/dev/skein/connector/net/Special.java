package dev.skein.connector.net;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an address is for, by the registries of special addresses.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6</a>
 */
enum Special {
    LOOPBACK("loopback", "127.0.0.0/8", "::1/128"),
    PRIVATE("private", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),
    LINK_LOCAL("link-local", "169.254.0.0/16", "fe80::/10"),
    RESERVED(
            "not a public host",
            "0.0.0.0/8",
            "100.64.0.0/10",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "::/128",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "2001:db8::/32",
            "fec0::/10",
            "ff00::/8"),
    PUBLIC("public");

    private final String words;
    private final List<Range> ranges;

    Special(String words, String... ranges) {
        this.words = words;
        this.ranges = Stream.of(ranges).map(Range::parse).toList();
    }

    String words() {
        return words;
    }

    static Special of(InetAddress address) {
        for (var special : values()) {
            if (special.ranges.stream().anyMatch(range -> range.contains(address))) {
                return special;
            }
        }
        return PUBLIC;
    }
}
