package dev.skein.http.live.gate;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Which pages may open a WebSocket here; a browser lets any page try. */
public final class Origins {
    private Origins() {}

    /** Whether the request comes from a page of this host, from a page that is listed, or from no page at all. */
    public static boolean allows(HttpServerRequest request, List<String> listed) {
        var origin = request.getHeader("origin");
        return origin == null || listed.contains(origin) || isOf(origin, String.valueOf(request.getHeader("host")));
    }

    private static boolean isOf(String origin, String host) {
        try {
            var authority = URI.create(origin).getRawAuthority();
            return authority != null && authority.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
