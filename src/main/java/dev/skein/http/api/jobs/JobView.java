package dev.skein.http.api.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Refusal;
import dev.skein.http.json.Json;
import dev.skein.job.Job;
import dev.skein.job.Job.Attempt;
import dev.skein.job.JobSpec;
import dev.skein.job.Outcome;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job as JSON has it: flat, with payload and result as trees. */
record JobView(
        String id,
        String type,
        String state,
        int priority,
        List<String> labels,
        String submitter,
        int attempt,
        int maxAttempts,
        @Nullable String worker,
        @Nullable ProgressView progress,
        @Nullable JsonNode payload,
        @Nullable JsonNode result,
        @Nullable Outcome outcome,
        List<Attempt> attempts,
        @Nullable String log,
        long memoryBytes,
        @Nullable String scheduleId,
        @Nullable String idempotencyKey,
        @Nullable String fairnessKey,
        @Nullable String concurrencyKey,
        List<String> capabilities,
        List<String> workerLabels,
        @Nullable String affinity,
        @Nullable Long queueTimeoutMillis,
        @Nullable Long runTimeoutMillis,
        @Nullable Long heartbeatTimeoutMillis,
        @Nullable Long totalTimeoutMillis,
        Instant createdAt,
        Instant dueAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable Instant expiresAt) {
    /** How far it is. */
    record ProgressView(
            @Nullable Double fraction,
            String note,
            @Nullable JsonNode partial) {}

    /** As the caller may see it. */
    static JobView of(Job job, Call call) {
        var spec = job.spec();
        var times = job.times();
        return new JobView(
                job.id(),
                spec.type(),
                job.state().word(),
                spec.order().priority(),
                spec.labels(),
                job.submitter(),
                job.attempt(),
                spec.attemptsMax(),
                job.worker(),
                progress(job),
                payloadFor(call, spec),
                tree(job.result()),
                job.outcome(),
                job.attempts(),
                job.log(),
                job.memoryBytes(),
                job.scheduleId(),
                spec.idempotencyKey(),
                spec.order().fairnessKey(),
                spec.order().concurrencyKey(),
                spec.needs().capabilities(),
                spec.needs().workerLabels(),
                spec.needs().affinity(),
                millis(spec.timeouts().queue()),
                millis(spec.timeouts().run()),
                millis(spec.timeouts().heartbeat()),
                millis(spec.timeouts().total()),
                times.createdAt(),
                times.dueAt(),
                times.startedAt(),
                times.finishedAt(),
                times.expiresAt());
    }

    private static @Nullable JsonNode payloadFor(Call call, JobSpec spec) {
        return spec.payload().isEmpty() ? null : Redaction.of(tree(spec.payload()), call);
    }

    private static @Nullable ProgressView progress(Job job) {
        var progress = job.progress();
        return progress == null
                ? null
                : new ProgressView(
                        progress.fraction() < 0 ? null : progress.fraction(),
                        progress.note(),
                        tree(progress.partial()));
    }

    private static @Nullable Long millis(@Nullable Duration limit) {
        return limit == null ? null : limit.toMillis();
    }

    /** What a handler wrote, as text where it is not JSON. */
    static @Nullable JsonNode tree(@Nullable String json) {
        if (json == null) {
            return null;
        }
        try {
            return Json.parse(Buffer.buffer(json));
        } catch (Refusal notJson) {
            return TextNode.valueOf(json);
        }
    }

    /** What is asked for, in the words in which it was given: what is read here can be sent again and is the same. */
    record SpecView(
            String type,
            @Nullable JsonNode payload,
            int priority,
            @Nullable String fairnessKey,
            @Nullable String concurrencyKey,
            int concurrencyMax,
            long delayMillis,
            @Nullable Long queueTimeoutMillis,
            @Nullable Long runTimeoutMillis,
            @Nullable Long heartbeatTimeoutMillis,
            @Nullable Long totalTimeoutMillis,
            List<String> capabilities,
            List<String> workerLabels,
            @Nullable String affinity,
            long memoryBytes,
            boolean waitForCapacity,
            int maxAttempts,
            @Nullable String idempotencyKey,
            List<String> labels,
            @Nullable Long retentionMillis) {

        static SpecView of(JobSpec spec, Call call) {
            var order = spec.order();
            var timeouts = spec.timeouts();
            var needs = spec.needs();
            return new SpecView(
                    spec.type(),
                    payloadFor(call, spec),
                    order.priority(),
                    order.fairnessKey(),
                    order.concurrencyKey(),
                    order.concurrencyMax(),
                    order.delay().toMillis(),
                    millis(timeouts.queue()),
                    millis(timeouts.run()),
                    millis(timeouts.heartbeat()),
                    millis(timeouts.total()),
                    needs.capabilities(),
                    needs.workerLabels(),
                    needs.affinity(),
                    needs.memoryBytes(),
                    needs.waitForCapacity(),
                    spec.attemptsMax(),
                    spec.idempotencyKey(),
                    spec.labels(),
                    millis(spec.retention()));
        }
    }
}
