package dev.skein.review.ledger.claim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.review.ledger.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/**
 * What a claim says.
 *
 * @param token one more than that of the claim before
 * @param attempt that is made, or the last that ended when it is released
 * @param isReleased whether whoever had it gave it back
 * @param leaseUntil for people; nobody decides by it
 * @param ttl how long it may stay as it is before another may take it
 * @param nonce makes the claims of two workers differ whatever else they say
 */
public record ClaimNote(
        String task,
        String worker,
        long token,
        int attempt,
        boolean isReleased,
        Instant since,
        Instant leaseUntil,
        Duration ttl,
        String nonce) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TEXT_MAX = 64 << 10;

    ClaimNote until(Instant until) {
        return new ClaimNote(task, worker, token, attempt, isReleased, since, until, ttl, nonce);
    }

    ClaimNote released(Instant now) {
        return new ClaimNote(task, worker, token, attempt - 1, true, since, now, ttl, nonce);
    }

    /** As a commit's message. */
    String text() {
        var node = JSON.createObjectNode()
                .put("task", task)
                .put("worker", worker)
                .put("token", token)
                .put("attempt", attempt)
                .put("released", isReleased)
                .put("since", since.toString())
                .put("lease_until", leaseUntil.toString())
                .put("ttl_ms", ttl.toMillis())
                .put("nonce", nonce);
        return (isReleased ? "Release " : "Claim ") + task + "\n\n" + node + "\n";
    }

    /** What a message says; what it does not say is as careful as can be, so that it can be taken over. */
    static ClaimNote parse(String task, String message) {
        var node = json(message);
        long millis = Math.min(node.path("ttl_ms").asLong(0), ClaimTerms.TTL_MAX.toMillis());
        return new ClaimNote(
                task,
                node.path("worker").asText("unknown"),
                Task.token(node.path("token")),
                node.has("attempt") ? Task.attempts(node.path("attempt")) : 1,
                node.path("released").asBoolean(false),
                time(node.path("since")),
                time(node.path("lease_until")),
                millis > 0 ? Duration.ofMillis(millis) : ClaimTerms.DEFAULTS.ttl(),
                node.path("nonce").asText(""));
    }

    private static JsonNode json(String message) {
        int from = message.indexOf('{');
        if (from < 0 || message.length() > TEXT_MAX) {
            return JSON.createObjectNode();
        }
        try {
            return JSON.readTree(message.substring(from));
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    private static Instant time(JsonNode text) {
        try {
            return OffsetDateTime.parse(text.asText("")).toInstant();
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
