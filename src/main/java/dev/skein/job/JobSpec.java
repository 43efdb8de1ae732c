package dev.skein.job;

import dev.skein.kernel.Check;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants done.
 *
 * @param type of the handler that does it
 * @param payload for the handler, JSON text
 * @param attemptsMax how often it may be begun, 1 to {@value #ATTEMPTS_LIMIT}; running out of memory for the first time
 *     does not count
 * @param idempotencyKey under which the same work is asked for only once; null for none
 * @param labels to find it by, words or {@code name=value}
 * @param retention how long its end is kept; null for the cluster's default
 */
public record JobSpec(
        String type,
        String payload,
        Order order,
        Timeouts timeouts,
        Needs needs,
        int attemptsMax,
        @Nullable String idempotencyKey,
        List<String> labels,
        @Nullable Duration retention) {
    public static final int ATTEMPTS_LIMIT = 100;
    public static final int ATTEMPTS_DEFAULT = 3;
    private static final int NAME_MAX = 200;
    private static final int LABELS_MAX = 32;

    /**
     * When it is its turn.
     *
     * @param priority 0, the most urgent, to 9
     * @param fairnessKey those who wait under different keys take turns; null: the submitter
     * @param concurrencyKey of those under the same key only so many run at once; null for none
     * @param concurrencyMax how many run at once under the concurrency key, 1 to 1000
     * @param delay before it may begin
     */
    public record Order(
            int priority,
            @Nullable String fairnessKey,
            @Nullable String concurrencyKey,
            int concurrencyMax,
            Duration delay) {
        public static final int PRIORITY_LEAST = 9;
        private static final int CONCURRENCY_LIMIT = 1_000;
        public static final Order DEFAULT = new Order(5, null, null, 1, Duration.ZERO);

        public Order {
            Check.between("priority", priority, 0, PRIORITY_LEAST);
            Check.between("concurrency_max", concurrencyMax, 1, CONCURRENCY_LIMIT);
            brief("fairness_key", fairnessKey);
            brief("concurrency_key", concurrencyKey);
            notNegative("delay", delay);
        }
    }

    /**
     * How long what may take; null for no limit of its own.
     *
     * @param queue from acceptance until an attempt begins
     * @param run of one attempt
     * @param heartbeat between two signs of life from the handler
     * @param total from acceptance to the end
     */
    public record Timeouts(
            @Nullable Duration queue,
            @Nullable Duration run,
            @Nullable Duration heartbeat,
            @Nullable Duration total) {
        public static final Timeouts NONE = new Timeouts(null, null, null, null);

        public Timeouts {
            positive("queue_timeout", queue);
            positive("run_timeout", run);
            positive("heartbeat_timeout", heartbeat);
            positive("total_timeout", total);
        }
    }

    /**
     * Who can do it.
     *
     * @param capabilities that a worker must offer besides the type; {@code general} is offered by all
     * @param workerLabels that a worker must bear
     * @param affinity worker that is taken when it has room; null for no wish
     * @param memoryBytes that are reserved for it and are its cap; 0 for what its type needs by default
     * @param waitForCapacity whether to wait for a worker larger than any there is
     */
    public record Needs(
            List<String> capabilities,
            List<String> workerLabels,
            @Nullable String affinity,
            long memoryBytes,
            boolean waitForCapacity) {
        public static final Needs NONE = new Needs(List.of(), List.of(), null, 0, false);

        public Needs {
            capabilities = words("capabilities", capabilities);
            workerLabels = words("worker_labels", workerLabels);
            brief("affinity", affinity);
            Check.between("memory", memoryBytes, 0, Long.MAX_VALUE);
        }
    }

    public JobSpec {
        if (type.isBlank() || type.length() > NAME_MAX) {
            throw new IllegalArgumentException("type must have 1 to " + NAME_MAX + " characters");
        }
        Check.between("max_attempts", attemptsMax, 1, ATTEMPTS_LIMIT);
        brief("idempotency_key", idempotencyKey);
        labels = words("labels", labels);
        positive("retention", retention);
    }

    /** A job with nothing special about it. */
    public static JobSpec of(String type, String payload) {
        return new JobSpec(
                type, payload, Order.DEFAULT, Timeouts.NONE, Needs.NONE, ATTEMPTS_DEFAULT, null, List.of(), null);
    }

    public JobSpec with(Order other) {
        return new JobSpec(type, payload, other, timeouts, needs, attemptsMax, idempotencyKey, labels, retention);
    }

    public JobSpec with(Timeouts other) {
        return new JobSpec(type, payload, order, other, needs, attemptsMax, idempotencyKey, labels, retention);
    }

    public JobSpec with(Needs other) {
        return new JobSpec(type, payload, order, timeouts, other, attemptsMax, idempotencyKey, labels, retention);
    }

    public JobSpec attempts(int max) {
        return new JobSpec(type, payload, order, timeouts, needs, max, idempotencyKey, labels, retention);
    }

    public JobSpec under(@Nullable String key) {
        return new JobSpec(type, payload, order, timeouts, needs, attemptsMax, key, labels, retention);
    }

    public JobSpec labelled(List<String> words) {
        return new JobSpec(type, payload, order, timeouts, needs, attemptsMax, idempotencyKey, words, retention);
    }

    /** The same work for another payload. */
    public JobSpec carrying(String other) {
        return new JobSpec(type, other, order, timeouts, needs, attemptsMax, idempotencyKey, labels, retention);
    }

    private static List<String> words(String name, List<String> words) {
        Check.between("number of " + name, words.size(), 0, LABELS_MAX);
        words.forEach(word -> brief(name, word));
        return List.copyOf(words);
    }

    private static void brief(String name, @Nullable String text) {
        if (text != null && (text.isBlank() || text.length() > NAME_MAX)) {
            throw new IllegalArgumentException(name + " must have 1 to " + NAME_MAX + " characters");
        }
    }

    private static void positive(String name, @Nullable Duration limit) {
        if (limit != null) {
            Check.positive(name, limit);
        }
    }

    private static void notNegative(String name, Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, got " + delay);
        }
    }
}
