package dev.skein.job.mcp.http;

import dev.skein.job.mcp.McpFailure;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every request to one server carries. */
final class Session {
    static final String ID = "mcp-session-id";
    private static final String VERSION = "MCP-Protocol-Version";
    private static final int CONNECT_MILLIS = 10_000;

    private final HttpClient client;
    private final HttpAddress address;
    private @Nullable String id;
    private @Nullable String version;

    Session(HttpClient client, HttpAddress address) {
        this.client = client;
        this.address = address;
    }

    Future<HttpClientRequest> request(HttpMethod method, String accept) {
        var options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(address.uri().toString())
                .setConnectTimeout(CONNECT_MILLIS)
                .setFollowRedirects(false)
                .putHeader("Accept", accept);
        address.headers().forEach(options::putHeader);
        if (id != null) {
            options.putHeader(ID, id);
        }
        if (version != null) {
            options.putHeader(VERSION, version);
        }
        return client.request(options)
                .recover(failure -> Future.failedFuture(McpFailure.gone(
                        "%s cannot be reached: %s".formatted(address, failure.getMessage()), List.of())));
    }

    HttpAddress address() {
        return address;
    }

    @Nullable
    String id() {
        return id;
    }

    void begun(@Nullable String given) {
        id = given;
    }

    void agreed(String spoken) {
        version = spoken;
    }

    void forget() {
        id = null;
        version = null;
    }
}
