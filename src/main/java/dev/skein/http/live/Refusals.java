package dev.skein.http.live;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** Error answers in the one shape of the API. */
final class Refusals {
    private static final String REQUEST_ID = "x-request-id";

    private Refusals() {}

    static void invalid(RoutingContext call, String sentence) {
        refuse(call, 400, "invalid_request", sentence);
    }

    static void unauthorized(RoutingContext call, String sentence) {
        refuse(call, 401, "unauthorized", sentence);
    }

    static void forbidden(RoutingContext call, String sentence) {
        refuse(call, 403, "forbidden", sentence);
    }

    static void tooMany(RoutingContext call, String sentence, int retryAfterSeconds) {
        call.response().putHeader("retry-after", Integer.toString(retryAfterSeconds));
        answer(call, 429, error(call, "rate_limited", sentence).put("retry_after_seconds", retryAfterSeconds));
    }

    static void noLeader(RoutingContext call) {
        call.response().putHeader("retry-after", "1");
        refuse(call, 503, "no_leader", "no coordinator is reachable at this node");
    }

    private static void refuse(RoutingContext call, int status, String code, String sentence) {
        answer(call, status, error(call, code, sentence));
    }

    private static JsonObject error(RoutingContext call, String code, String sentence) {
        var error = new JsonObject().put("error", sentence).put("code", code);
        var requestId = requestId(call);
        return requestId == null ? error : error.put("request_id", requestId);
    }

    /** The id that the edge gave to this request. */
    private static @Nullable String requestId(RoutingContext call) {
        return call.response().headers().get(REQUEST_ID);
    }

    private static void answer(RoutingContext call, int status, JsonObject body) {
        call.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .putHeader("cache-control", "no-store")
                .end(body.toBuffer());
    }
}
