package dev.skein.job.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.time.Duration;
import java.util.List;

/** The failures of a call, told apart by their code: what is worth another attempt depends on it. */
public final class McpFailure {
    /** The server's process ended or its connection broke; whether the call took effect is unknown. */
    public static final String SERVER_GONE = "mcp_server_gone";

    /** The stream of an answer broke and cannot be resumed; only a call that may be repeated should be. */
    public static final String UNKNOWN_OUTCOME = "mcp_unknown_outcome";

    /** The server refused the request itself, by JSON-RPC error. */
    public static final String REFUSED = "mcp_refused";

    /** The server does not keep to the protocol. */
    public static final String PROTOCOL = "mcp_protocol";

    public static final String TOO_LARGE = "mcp_message_too_large";
    public static final String TIME_OUT = "mcp_timeout";
    public static final String CANCELLED = "mcp_cancelled";
    public static final String UNAUTHORIZED = "mcp_unauthorized";

    /** The server has forgotten the session and therefore took nothing; the client opens another by itself. */
    public static final String SESSION_LOST = "mcp_session_lost";

    /** More calls wait than the queue holds; nothing was sent. */
    public static final String QUEUE_FULL = "mcp_queue_full";

    /** The server failed again and again and is left alone for a while; nothing was sent. */
    public static final String BROKEN = "mcp_server_broken";

    private static final int TEXT_MAX = 500;

    private McpFailure() {}

    public static Problem gone(String sentence, List<String> lastLines) {
        return new Problem(Kind.UNREACHABLE, SERVER_GONE, sentence, lastLines);
    }

    public static Problem protocol(String sentence) {
        return new Problem(Kind.UNREACHABLE, PROTOCOL, sentence, List.of());
    }

    public static Problem tooLarge(String what, long max) {
        return new Problem(
                Kind.UNREACHABLE, TOO_LARGE, what + " is larger than the limit of " + max + " bytes", List.of());
    }

    public static Problem unknownOutcome(String sentence) {
        return new Problem(Kind.TIMEOUT, UNKNOWN_OUTCOME, sentence, List.of());
    }

    public static Problem sessionLost() {
        return new Problem(
                Kind.UNREACHABLE, SESSION_LOST, "the server has forgotten the session of this connection", List.of());
    }

    public static Problem unauthorized(int status) {
        var kind = status == Kind.UNAUTHORIZED.httpStatus ? Kind.UNAUTHORIZED : Kind.FORBIDDEN;
        return new Problem(
                kind,
                UNAUTHORIZED,
                "the server answered " + status + ": check the credentials in its settings",
                List.of());
    }

    static Problem timeOut(String what, Duration limit) {
        return new Problem(Kind.TIMEOUT, TIME_OUT, "%s within %d ms".formatted(what, limit.toMillis()), List.of());
    }

    public static Problem cancelled(String reason) {
        return new Problem(Kind.CONFLICT, CANCELLED, "the call was cancelled: " + reason, List.of());
    }

    static Problem refused(JsonNode error) {
        var text = error.path("message").asText("no message");
        var shown = text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) + "…" : text;
        return new Problem(
                Kind.INVALID,
                REFUSED,
                "the server refused the request with %d: %s"
                        .formatted(error.path("code").asInt(), shown),
                List.of());
    }
}
