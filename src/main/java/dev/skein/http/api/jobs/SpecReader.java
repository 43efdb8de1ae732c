package dev.skein.http.api.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.http.exchange.Refusal;
import dev.skein.http.json.Json;
import dev.skein.job.JobSpec;
import dev.skein.job.JobSpec.Needs;
import dev.skein.job.JobSpec.Order;
import dev.skein.job.JobSpec.Timeouts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what is asked for from a body that the contract has checked. */
final class SpecReader {
    private static final String NO_PAYLOAD = "{}";

    private SpecReader() {}

    /** One job; what the words of a job do not allow is refused with the fault. */
    static JobSpec spec(JsonNode body) {
        try {
            return new JobSpec(
                    body.path("type").asText(),
                    payload(body.path("payload")),
                    order(body),
                    new Timeouts(
                            millis(body, "queue_timeout_millis"),
                            millis(body, "run_timeout_millis"),
                            millis(body, "heartbeat_timeout_millis"),
                            millis(body, "total_timeout_millis")),
                    needs(body),
                    body.path("max_attempts").asInt(JobSpec.ATTEMPTS_DEFAULT),
                    text(body, "idempotency_key"),
                    texts(body.path("labels")),
                    millis(body, "retention_millis"));
        } catch (IllegalArgumentException wrong) {
            throw Refusal.faulty("invalid_request", List.of(String.valueOf(wrong.getMessage())));
        }
    }

    /** The same, under the key of the header when there is one; two different keys are refused. */
    static JobSpec spec(JsonNode body, @Nullable String headerKey) {
        var spec = spec(body);
        var key = spec.idempotencyKey();
        if (headerKey == null || headerKey.equals(key)) {
            return spec;
        }
        if (key != null || headerKey.isBlank()) {
            var fault = headerKey.isBlank() ? "is empty" : "differs from idempotency_key; give one of them";
            throw Refusal.faulty("invalid_request", List.of("the header Idempotency-Key " + fault));
        }
        try {
            return spec.under(headerKey);
        } catch (IllegalArgumentException wrong) {
            throw Refusal.faulty(
                    "invalid_request", List.of("the header Idempotency-Key: " + String.valueOf(wrong.getMessage())));
        }
    }

    private static String payload(JsonNode payload) {
        return payload.isMissingNode() || payload.isNull()
                ? NO_PAYLOAD
                : new String(Json.bytes(payload), StandardCharsets.UTF_8);
    }

    private static Order order(JsonNode body) {
        var delay = millis(body, "delay_millis");
        return new Order(
                body.path("priority").asInt(Order.DEFAULT.priority()),
                text(body, "fairness_key"),
                text(body, "concurrency_key"),
                body.path("concurrency_max").asInt(Order.DEFAULT.concurrencyMax()),
                delay == null ? Duration.ZERO : delay);
    }

    private static Needs needs(JsonNode body) {
        return new Needs(
                texts(body.path("capabilities")),
                texts(body.path("worker_labels")),
                text(body, "affinity"),
                body.path("memory_bytes").asLong(0),
                body.path("wait_for_capacity").asBoolean(false));
    }

    private static @Nullable Duration millis(JsonNode body, String field) {
        var value = body.path(field);
        return value.isIntegralNumber() ? Duration.ofMillis(value.asLong()) : null;
    }

    static @Nullable String text(JsonNode body, String field) {
        var value = body.path(field);
        return value.isTextual() ? value.asText() : null;
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
