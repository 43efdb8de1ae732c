package dev.skein.http.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.auth.Principal;
import dev.skein.http.contract.Operation;
import dev.skein.pipeline.Workers.Caller;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request that has passed every check up to its body and query.
 *
 * @param principal who calls; null where the operation is open or decides for itself and nobody is known
 * @param path the path's parameters, decoded
 * @param query the query's parameters with their defaults
 * @param body as sent; empty when there is none
 * @param json the checked body; null when there is none or the handler checks it itself
 * @param idempotencyKey the {@code idempotency-key} header; null without
 * @param retryAfterSeconds how long the rate limit asks to wait, 0 when it lets pass; only where the operation decides
 * @param whenGone has something done if the client leaves before it is answered; one thing for each call
 */
public record Call(
        Operation operation,
        @Nullable Principal principal,
        Client client,
        Map<String, String> path,
        Map<String, String> query,
        Buffer body,
        @Nullable JsonNode json,
        String requestId,
        @Nullable String idempotencyKey,
        int retryAfterSeconds,
        Consumer<Runnable> whenGone) {
    /** The caller as the audit shows it. */
    public Caller caller() {
        return principal == null
                ? new Caller("anonymous", "", requestId)
                : new Caller(principal.subject(), principal.role().word(), requestId);
    }

    /** The checked body of an operation that has one. */
    public JsonNode checked() {
        if (json == null) {
            throw new IllegalStateException(operation.id() + " has no checked body");
        }
        return json;
    }

    /** A parameter of the path, which always has it. */
    public String at(String parameter) {
        return String.valueOf(path.get(parameter));
    }

    /** A query parameter with a default, already checked to be a whole number. */
    public long number(String parameter) {
        return Long.parseLong(String.valueOf(query.get(parameter)));
    }
}
