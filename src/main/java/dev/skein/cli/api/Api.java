package dev.skein.cli.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.Shell;
import dev.skein.cli.terminal.Clean;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Spans;
import dev.skein.cli.terminal.Terminal;
import dev.skein.kernel.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Calls of the HTTP API. Thread-safe. */
public final class Api {
    private static final String CLUSTER = "/api/v1/cluster";
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final int PAGE = 1_000;
    private static final int ID_BYTES = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Target target;
    private final HttpClient http;
    private final Trace trace;
    private final Duration timeout;
    private final @Nullable String requestId;

    private Api(Target target, HttpClient http, Trace trace, Duration timeout, @Nullable String requestId) {
        this.target = target;
        this.http = http;
        this.trace = trace;
        this.timeout = timeout;
        this.requestId = requestId;
    }

    /** The API that flags, environment and context lead to. */
    public static Api of(ConnectOptions options, Shell shell) {
        var target = Target.of(options, shell.environment());
        if (options.apiKey != null) {
            shell.terminal().say("warning: others on this host can read --api-key; SKEIN_API_KEY keeps it to yourself");
        }
        if (options.requestId != null && !Ids.REQUEST.matcher(options.requestId).matches()) {
            throw Failure.usage("--request-id must be 1 to 64 of A-Z a-z 0-9 . _ -");
        }
        var timeout = options.timeout == null ? ANSWER : Spans.parse("--timeout", options.timeout);
        return new Api(
                target, target.http(), new Trace(shell.terminal(), options.verbose.length), timeout, options.requestId);
    }

    /** The API at an endpoint known otherwise. */
    public static Api at(Target target, Shell shell, Duration timeout) {
        return new Api(target, target.http(), new Trace(shell.terminal(), 0), timeout, null);
    }

    public Target target() {
        return target;
    }

    /** Escapes one part of a path or of a query. */
    public static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public JsonNode get(String path) {
        return json(call("GET", path, null));
    }

    public JsonNode post(String path, JsonNode body) {
        return json(call("POST", path, body));
    }

    public JsonNode put(String path, JsonNode body) {
        return json(call("PUT", path, body));
    }

    public JsonNode patch(String path, JsonNode body) {
        return json(call("PATCH", path, body));
    }

    /** The same API for calls that may take longer than it would wait by itself. */
    public Api patient(Duration atLeast) {
        return atLeast.compareTo(timeout) <= 0 ? this : new Api(target, http, trace, atLeast, requestId);
    }

    /** The same API for calls that are not waited for long, whose failure then says that time ran out. */
    public Api within(Duration atMost) {
        return new Api(target, http, trace, atMost, requestId);
    }

    public JsonNode delete(String path) {
        return json(call("DELETE", path, null));
    }

    /** The answer to a POST while it is still coming in; the caller closes it. */
    public InputStream stream(String path, JsonNode body) {
        return call("POST", path, body);
    }

    /** Every item of a list, page by page. */
    public List<JsonNode> all(String path, String field) {
        var items = new ArrayList<JsonNode>();
        boolean more = true;
        while (more) {
            var joint = path.contains("?") ? "&" : "?";
            var page = get(path + joint + "limit=" + PAGE + "&offset=" + items.size());
            var part = page.path(field);
            part.forEach(items::add);
            more = page.path("pagination").path("has_more").asBoolean() && !part.isEmpty();
        }
        return items;
    }

    /** Answers the body of a success; a path that begins with two slashes is the server's, else the cluster's. */
    private InputStream call(String method, String path, @Nullable JsonNode body) {
        var uri = URI.create(target.endpoint() + (path.startsWith("//") ? path.substring(1) : CLUSTER + path));
        var answer = send(request(method, uri, body));
        trace.line("%s %s %d".formatted(method, uri, answer.statusCode()));
        if (!Answers.isSuccess(answer.statusCode())) {
            throw Answers.failure(answer.statusCode(), errorBody(answer), target);
        }
        return answer.body();
    }

    private HttpRequest request(String method, URI uri, @Nullable JsonNode body) {
        var request = HttpRequest.newBuilder(uri).timeout(timeout).header("accept", "application/json");
        request.header("x-request-id", requestId == null ? Ids.hex(ID_BYTES) : requestId);
        var credential = target.credential();
        if (credential != null) {
            request.header(credential.header(), credential.value().reveal());
        }
        if (body == null) {
            return request.method(method, HttpRequest.BodyPublishers.noBody()).build();
        }
        trace.body("→", body);
        return request.header("content-type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofByteArray(bytes(body)))
                .build();
    }

    private HttpResponse<InputStream> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpConnectTimeoutException | ConnectException e) {
            throw Failure.of(ExitCode.UNAVAILABLE, "nothing answers at " + target.endpoint())
                    .because("the endpoint came from " + target.origin())
                    .advise("skein node up, or --endpoint URL of a coordinator that runs");
        } catch (HttpTimeoutException e) {
            throw Failure.of(ExitCode.TIMED_OUT, "no answer within " + timeout.toSeconds() + " s; the work may go on")
                    .advise("the same with --timeout 5m");
        } catch (SSLException e) {
            throw Failure.of(ExitCode.FAILED, "the certificate of " + target.endpoint() + " is not trusted")
                    .because(e.getMessage())
                    .advise("--ca-file with the certificate that signed it");
        } catch (IOException e) {
            throw Failure.of(ExitCode.UNAVAILABLE, "the connection to " + target.endpoint() + " broke")
                    .because(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(ExitCode.INTERRUPTED, "interrupted");
        }
    }

    private JsonNode json(InputStream body) {
        try (body) {
            var tree = JSON.readTree(body);
            trace.body("←", tree);
            return tree;
        } catch (JsonProcessingException e) {
            throw Failure.of(ExitCode.FAILED, target.endpoint() + " answered something that is not JSON")
                    .because("that may not be the API of Skein; the endpoint came from " + target.origin());
        } catch (IOException e) {
            throw Failure.of(ExitCode.UNAVAILABLE, "the answer of " + target.endpoint() + " broke off")
                    .because(e.getMessage());
        }
    }

    private static @Nullable JsonNode errorBody(HttpResponse<InputStream> answer) {
        try (var body = answer.body()) {
            return JSON.readTree(body);
        } catch (IOException e) {
            return null;
        }
    }

    private static byte[] bytes(JsonNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What {@code -v} shows of each call. */
    private record Trace(Terminal terminal, int level) {
        private static final String SECRETS = "(\"(?:api_key|password|token|secret|key|credentials)\":)\"[^\"]*\"";

        void line(String text) {
            if (level > 0) {
                terminal.say(Clean.line(text));
            }
        }

        void body(String direction, JsonNode body) {
            if (level > 1) {
                terminal.say(direction + " " + Clean.line(body.toString().replaceAll(SECRETS, "$1\"***\"")));
            }
        }
    }
}
