package dev.skein.http.guard;

import dev.skein.http.exchange.Client;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells who is at the other end of a connection. */
public final class Clients {
    private static final List<String> SIGNS_OF_A_PROXY =
            List.of("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via");

    private static final Pattern LOOPBACK_V4 = Pattern.compile("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");

    private Clients() {}

    static Client of(HttpServerRequest request) {
        var address = addressOf(request.remoteAddress());
        var headers = request.headers();
        return new Client(
                address,
                isLoopback(address) && !isProxied(request) && isOwnPage(request),
                headers.get("x-api-key"),
                headers.get("x-join-key"));
    }

    private static String addressOf(@Nullable SocketAddress remote) {
        var address = remote == null ? null : remote.hostAddress();
        return address == null ? "unknown" : address;
    }

    private static boolean isProxied(HttpServerRequest request) {
        for (var sign : SIGNS_OF_A_PROXY) {
            if (request.headers().contains(sign)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether no browser says that a page of another site asks. A page can reach this machine's loopback address by any
     * name that resolves to it, so the name counts too.
     */
    static boolean isOwnPage(HttpServerRequest request) {
        var host = request.getHeader("host");
        var origin = request.getHeader("origin");
        var site = request.getHeader("sec-fetch-site");
        boolean isSameOrigin = origin == null || authorityOf(origin).equals(String.valueOf(host));
        boolean isSameSite = site == null || site.equals("same-origin") || site.equals("none");
        return isSameOrigin && isSameSite && (host == null || isLoopback(withoutPort(host)));
    }

    private static String authorityOf(String origin) {
        try {
            return String.valueOf(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String withoutPort(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        return hasPort ? authority.substring(0, colon) : authority;
    }

    /** Whether a host name or address in text form means this machine. */
    public static boolean isLoopback(String host) {
        if (host.equals("127.0.0.1") || host.equals("localhost")) {
            return true; // nearly always, and each request asks
        }
        var name = host.toLowerCase(Locale.ROOT);
        var bare = name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
        return bare.equals("localhost")
                || (bare.startsWith("127.") && LOOPBACK_V4.matcher(bare).matches())
                || bare.equals("::1")
                || bare.startsWith("0:0:0:0:0:0:0:1")
                || bare.startsWith("::ffff:127.");
    }
}
