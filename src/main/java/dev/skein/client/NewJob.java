package dev.skein.client;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for. Begin with {@link #of} and add what differs from the defaults.
 *
 * @param payload JSON text for the handler of the type
 * @param priority 0, the most urgent, to 9
 * @param memoryBytes to be reserved, and the cap; 0 for the default of the type
 * @param runTimeout longest time of one attempt; null without
 * @param totalTimeout longest time to the end, waiting included; null without
 * @param key under which the same work is accepted only once; null for one that is made up
 */
public record NewJob(
        String type,
        String payload,
        int priority,
        long memoryBytes,
        int maxAttempts,
        List<String> labels,
        @Nullable Duration runTimeout,
        @Nullable Duration totalTimeout,
        @Nullable String key) {
    private static final int PRIORITY = 5;
    private static final int ATTEMPTS = 3;

    public NewJob {
        labels = List.copyOf(labels);
    }

    public static NewJob of(String type, String payload) {
        return new NewJob(type, payload, PRIORITY, 0, ATTEMPTS, List.of(), null, null, null);
    }

    public NewJob priority(int other) {
        return new NewJob(type, payload, other, memoryBytes, maxAttempts, labels, runTimeout, totalTimeout, key);
    }

    public NewJob memory(long bytes) {
        return new NewJob(type, payload, priority, bytes, maxAttempts, labels, runTimeout, totalTimeout, key);
    }

    public NewJob attempts(int max) {
        return new NewJob(type, payload, priority, memoryBytes, max, labels, runTimeout, totalTimeout, key);
    }

    public NewJob labelled(String... words) {
        return new NewJob(
                type, payload, priority, memoryBytes, maxAttempts, List.of(words), runTimeout, totalTimeout, key);
    }

    /** The source document's third argument: the whole call as its caller sees it. */
    public NewJob within(Duration total) {
        return new NewJob(type, payload, priority, memoryBytes, maxAttempts, labels, runTimeout, total, key);
    }

    public NewJob runAtMost(Duration attempt) {
        return new NewJob(type, payload, priority, memoryBytes, maxAttempts, labels, attempt, totalTimeout, key);
    }

    public NewJob under(String otherKey) {
        return new NewJob(
                type, payload, priority, memoryBytes, maxAttempts, labels, runTimeout, totalTimeout, otherKey);
    }
}
