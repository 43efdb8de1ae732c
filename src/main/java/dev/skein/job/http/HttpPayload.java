package dev.skein.job.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.job.run.PayloadFault;
import dev.skein.kernel.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code http} job is asked to call.
 *
 * @param url with scheme http or https, a host and no user
 * @param method one of GET, HEAD, POST, PUT, PATCH, DELETE; GET when it is left out
 * @param headers besides those that name the job
 * @param body text; null for none
 */
record HttpPayload(
        @Nullable String url,
        @Nullable String method,
        @Nullable Map<String, String> headers,
        @Nullable String body) {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> OURS = Set.of("host", "content-length", "transfer-encoding", "connection", "te");
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int TLS_PORT = 443;
    private static final int PLAIN_PORT = 80;

    static HttpPayload of(String json) {
        try {
            var payload = JSON.readValue(json, HttpPayload.class);
            if (payload == null || payload.url == null) {
                throw Problem.invalid("http needs url");
            }
            payload.target();
            payload.verb();
            payload.extraHeaders();
            return payload;
        } catch (JsonProcessingException wrong) {
            throw PayloadFault.of("http", wrong);
        }
    }

    String verb() {
        var verb = method == null ? "GET" : method.toUpperCase(Locale.ROOT);
        if (!METHODS.contains(verb)) {
            throw Problem.invalid("method must be one of "
                    + String.join(", ", METHODS.stream().sorted().toList()));
        }
        return verb;
    }

    URI target() {
        try {
            var target = new URI(String.valueOf(url));
            var scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
            if (!Set.of("http", "https").contains(scheme) || target.getHost() == null || target.getUserInfo() != null) {
                throw Problem.invalid("url must be http:// or https:// with a host and no user, got " + url);
            }
            return target;
        } catch (URISyntaxException wrong) {
            throw Problem.invalid("url cannot be read: " + wrong.getReason());
        }
    }

    boolean isTls() {
        return "https".equalsIgnoreCase(target().getScheme());
    }

    int port() {
        int given = target().getPort();
        return given >= 0 ? given : isTls() ? TLS_PORT : PLAIN_PORT;
    }

    /** Host as it is resolved: without the brackets of an address. */
    String host() {
        return target().getHost().replaceAll("[\\[\\]]", "");
    }

    String path() {
        var target = target();
        var path = target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        return target.getRawQuery() == null ? path : path + "?" + target.getRawQuery();
    }

    Map<String, String> extraHeaders() {
        var all = new TreeMap<String, String>();
        (headers == null ? Map.<String, String>of() : headers).forEach((name, value) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            boolean isSound = value != null
                    && lower.matches("[!#$%&'*+.^_`|~0-9a-z-]+")
                    && value.chars().allMatch(character -> character >= ' ' && character != 127 || character == '\t');
            if (!isSound || OURS.contains(lower)) {
                throw Problem.invalid("header %s may not be set".formatted(name));
            }
            all.put(lower, value);
        });
        return all;
    }

    static String result(int status, Map<String, String> headers, String body) {
        try {
            return JSON.writeValueAsString(new Result(status, headers, body));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private record Result(int status, Map<String, String> headers, String body) {}
}
