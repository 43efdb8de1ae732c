package dev.skein.connector.net;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a link may connect to an address. Public ones may be connected to; loopback, private, link-local and other
 * special ones only when an entry allows them.
 *
 * <p>An entry is a range ({@code 10.0.0.0/8}), an address, a host name, or {@code loopback} or {@code private}, each
 * with or without a port ({@code 10.0.0.0/8:1883}, {@code [::1]:80}). A name allows whatever it resolves to.
 */
public final class AllowList {
    private static final int PORT_MAX = 65_535;

    /** One entry; exactly one of the three says what it allows. */
    private record Entry(
            @Nullable Range range,
            @Nullable String name,
            @Nullable Special special,
            int port) {
        boolean allows(String host, InetAddress address, int wantedPort) {
            if (port != 0 && port != wantedPort) {
                return false;
            }
            if (range != null) {
                return range.contains(address);
            }
            return name != null ? name.equalsIgnoreCase(host) : Special.of(address) == special;
        }
    }

    private final List<Entry> entries;
    private final String setting;

    /** That of {@code connector.allow}. */
    public AllowList(List<String> entries) {
        this(entries, "connector.allow");
    }

    /**
     * Fails with an {@link IllegalArgumentException} that names the entry that cannot be read.
     *
     * @param setting where the entries come from
     */
    public AllowList(List<String> entries, String setting) {
        this.setting = setting;
        try {
            this.entries = entries.stream().map(AllowList::entry).toList();
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(setting + " " + wrong.getMessage(), wrong);
        }
    }

    /** The key of the settings that can allow more. */
    String setting() {
        return setting;
    }

    /** Null when it may be connected to, else why not. */
    public @Nullable String refusal(String host, InetAddress address, int port) {
        var plain = Range.plain(address);
        var special = Special.of(plain);
        boolean allowed =
                special == Special.PUBLIC || entries.stream().anyMatch(entry -> entry.allows(host, plain, port));
        return allowed ? null : plain.getHostAddress() + " is " + special.words();
    }

    /** Whether an entry names it, also a public one. */
    public boolean lists(String host, InetAddress address, int port) {
        var plain = Range.plain(address);
        return entries.stream().anyMatch(entry -> entry.allows(host, plain, port));
    }

    private static Entry entry(String text) {
        var word = text.strip().toLowerCase(Locale.ROOT);
        int port = 0;
        int colon = word.lastIndexOf(':');
        boolean isBareV6 = word.indexOf(':') != colon && !word.startsWith("[") && !word.matches(".*/\\d+:\\d+");
        if (colon > word.lastIndexOf(']') && colon >= 0 && !isBareV6) {
            port = port(text, word.substring(colon + 1));
            word = word.substring(0, colon);
        }
        if (word.startsWith("[") && word.endsWith("]")) {
            word = word.substring(1, word.length() - 1);
        }
        return entry(text, word, port);
    }

    private static Entry entry(String text, String word, int port) {
        if (word.equals("loopback") || word.equals("private")) {
            return new Entry(null, null, word.equals("private") ? Special.PRIVATE : Special.LOOPBACK, port);
        }
        if (word.matches("[0-9.]+(/\\d+)?") || word.contains(":")) {
            return new Entry(range(word), null, null, port);
        }
        if (!word.matches("[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?")) {
            throw new IllegalArgumentException(
                    "must hold ranges, addresses or host names with or without a port, got " + text);
        }
        return new Entry(null, word, null, port);
    }

    private static Range range(String word) {
        try {
            return Range.parse(word);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("holds a range that is none: " + e.getMessage(), e);
        }
    }

    private static int port(String text, String digits) {
        if (digits.matches("\\d{1,5}")) {
            int port = Integer.parseInt(digits);
            if (port >= 1 && port <= PORT_MAX) {
                return port;
            }
        }
        throw new IllegalArgumentException("has no port 1 to 65535 in " + text);
    }
}
