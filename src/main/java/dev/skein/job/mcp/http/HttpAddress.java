package dev.skein.job.mcp.http;

import java.net.URI;
import java.util.Map;

/**
 * Where a server is.
 *
 * @param headers sent with every request, credentials among them
 */
public record HttpAddress(URI uri, Map<String, String> headers) {
    public HttpAddress {
        headers = Map.copyOf(headers);
        var scheme = uri.getScheme();
        if (uri.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("must be an absolute http or https address, got " + uri);
        }
    }

    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getRawAuthority(); // headers and queries may hold secrets
    }
}
