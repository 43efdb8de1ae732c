package dev.skein.connector.webhook;

import dev.skein.connector.Definitions;
import dev.skein.connector.Label;
import dev.skein.connector.Values;
import dev.skein.connector.net.Outgoing;
import dev.skein.connector.out.Channel;
import dev.skein.connector.out.Message;
import dev.skein.connector.out.SendFailure;
import dev.skein.connector.out.SendFailure.Blame;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Posts each message as JSON, one at a time. */
public final class WebhookChannel implements Channel {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final int TIMEOUT_SECONDS_MAX = 300;
    private static final int ANSWER_BYTES_MAX = 64 << 10;
    private static final Set<Integer> MAY_PASS = Set.of(408, 425, 429);

    private final URI url;
    private final Label label;
    private final @Nullable String token;
    private final @Nullable String apiKey;
    private final Duration timeout;
    private final Outgoing outgoing;
    private final Vertx vertx;
    private @Nullable InetSocketAddress address;
    private @Nullable HttpClient client;

    /** Fails with a {@link dev.skein.kernel.Problem} when a parameter cannot work. */
    public WebhookChannel(Values values, Label label, Vertx vertx, Outgoing outgoing, Duration timeoutMax) {
        this.url = url(values);
        this.label = label;
        this.token = values.optional("token");
        this.apiKey = values.optional("api_key");
        int fallback = (int) Math.max(1, timeoutMax.toSeconds());
        int seconds = values.whole("timeout", fallback, 1, TIMEOUT_SECONDS_MAX);
        this.timeout = min(timeoutMax, Duration.ofSeconds(seconds));
        this.outgoing = outgoing;
        this.vertx = vertx;
    }

    private HttpClient newClient() {
        var options = new HttpClientOptions()
                .setConnectTimeout((int) timeout.toMillis())
                .setIdleTimeout((int) timeout.plusSeconds(1).toSeconds())
                .setDecompressionSupported(false);
        return vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(1));
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static URI url(Values values) {
        var text = values.required("url");
        if (!Definitions.isWeb(text)) {
            throw values.wrong("url", "must be http:// or https:// with a host and without a user");
        }
        return URI.create(text);
    }

    private boolean isTls() {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    private int port() {
        int usual = isTls() ? HTTPS : HTTP;
        return url.getPort() < 0 ? usual : url.getPort();
    }

    private String host() {
        var host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public Future<Void> open() {
        return outgoing.address(host(), port())
                .onSuccess(found -> {
                    close();
                    address = found;
                    client = newClient();
                })
                .mapEmpty();
    }

    @Override
    public boolean isOpen() {
        return address != null;
    }

    @Override
    public int window() {
        return 1; // answers of two requests may come in any order
    }

    @Override
    public Future<Void> send(Message message) {
        var to = address;
        var through = client;
        if (to == null || through == null) {
            return Future.failedFuture(new SendFailure(Blame.TARGET, "not open"));
        }
        return through.request(request(to, message))
                .compose(request -> request.send(Buffer.buffer(message.body())))
                .recover(cause -> Future.failedFuture(unanswered(cause)))
                .compose(WebhookChannel::answered);
    }

    /** One that took the request and went silent or away may do so because of it. */
    private static SendFailure unanswered(Throwable cause) {
        boolean wasThere = cause instanceof TimeoutException || cause instanceof HttpClosedException;
        return new SendFailure(wasThere ? Blame.ATTEMPT : Blame.TARGET, String.valueOf(cause.getMessage()));
    }

    private RequestOptions request(InetSocketAddress to, Message message) {
        var path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(
                        to.getPort(), to.getAddress().getHostAddress()))
                .setHost(host())
                .setPort(port())
                .setSsl(isTls())
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .setFollowRedirects(false)
                .setTimeout(timeout.toMillis())
                .putHeader("content-type", "application/json")
                .putHeader("x-skein-delivery", message.id())
                .putHeader("x-skein-pipeline", label.owner().placement())
                .putHeader("x-skein-epoch", Long.toString(label.owner().epoch()));
        if (token != null) {
            options.putHeader("authorization", "Bearer " + token);
        }
        return apiKey == null ? options : options.putHeader("x-api-key", apiKey);
    }

    private static Future<Void> answered(HttpClientResponse response) {
        int status = response.statusCode();
        var read = discard(response);
        if (status >= 200 && status < 300) {
            return read;
        }
        if (status >= 300 && status < 400) {
            return Future.failedFuture(
                    new SendFailure(Blame.MESSAGE, "HTTP " + status + ": redirects are not followed"));
        }
        boolean isForGood = status < 500 && !MAY_PASS.contains(status);
        return Future.failedFuture(new SendFailure(isForGood ? Blame.MESSAGE : Blame.ATTEMPT, "HTTP " + status));
    }

    /** Reads an answer to its end without keeping it, so that the connection can be used again; a long one is cut. */
    private static Future<Void> discard(HttpClientResponse response) {
        var seen = new long[1];
        response.handler(part -> {
            seen[0] += part.length();
            if (seen[0] > ANSWER_BYTES_MAX) {
                response.request().reset();
            }
        });
        return response.end().recover(cut -> Future.succeededFuture());
    }

    @Override
    public void onLost(Runnable handler) {
        // a connection that ends between two requests is no loss
    }

    @Override
    public void close() {
        address = null;
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
