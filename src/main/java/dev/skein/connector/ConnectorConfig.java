package dev.skein.connector;

import dev.skein.config.Settings;
import dev.skein.connector.net.AllowList;
import dev.skein.kernel.Check;
import java.time.Duration;
import java.util.List;

/**
 * How links behave.
 *
 * @param allow special addresses that links may connect to: ranges, addresses, names, {@code loopback},
 *     {@code private}, each with or without a port ({@code connector.allow}, default none)
 * @param buffer how much may wait for one target
 * @param retry when a target is tried again
 * @param timeout longest wait for a connection and for one message to be taken ({@code connector.timeout}, default
 *     10s)
 * @param pauseAfter how long input goes on without an acknowledged heartbeat ({@code connector.pause-after}, default
 *     15s)
 * @param deadLetterBytesMax how much dead letters may take on disk ({@code connector.dead-letter-bytes}, default
 *     64MiB)
 */
public record ConnectorConfig(
        List<String> allow,
        Buffer buffer,
        Retry retry,
        Duration timeout,
        Duration pauseAfter,
        long deadLetterBytesMax) {
    /**
     * What may wait; past it messages become dead letters.
     *
     * @param messagesMax ({@code connector.buffer-messages}, default 10000)
     * @param bytesMax ({@code connector.buffer-bytes}, default 8MiB)
     */
    public record Buffer(int messagesMax, long bytesMax) {
        public Buffer {
            Check.between("connector.buffer-messages", messagesMax, 1, MESSAGES_LIMIT);
            Check.between("connector.buffer-bytes", bytesMax, BYTES_MIN, BYTES_LIMIT);
        }
    }

    /**
     * The wait doubles from first to last, with jitter.
     *
     * @param first after the first failure ({@code connector.retry-wait}, default 500ms)
     * @param last the longest ({@code connector.retry-wait-max}, default 30s)
     * @param attemptsMax how often a message is tried that a reachable target does not take ({@code
     *     connector.attempts-max}, default 8)
     */
    public record Retry(Duration first, Duration last, int attemptsMax) {
        public Retry {
            Check.positive("connector.retry-wait", first);
            Check.between("connector.attempts-max", attemptsMax, 1, ATTEMPTS_LIMIT);
            if (last.compareTo(first) < 0) {
                throw new IllegalArgumentException("connector.retry-wait-max must not be below connector.retry-wait");
            }
        }
    }

    private static final int MESSAGES_LIMIT = 1_000_000;
    private static final long BYTES_MIN = 64 << 10;
    private static final long BYTES_LIMIT = 1L << 30;
    private static final int ATTEMPTS_LIMIT = 1_000;
    private static final long LETTERS_LIMIT = 64L << 30;

    public static final ConnectorConfig DEFAULTS = new ConnectorConfig(
            List.of(),
            new Buffer(10_000, 8 << 20),
            new Retry(Duration.ofMillis(500), Duration.ofSeconds(30), 8),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            64 << 20);

    public ConnectorConfig {
        allow = List.copyOf(allow);
        new AllowList(allow);
        Check.positive("connector.timeout", timeout);
        Check.positive("connector.pause-after", pauseAfter);
        Check.between("connector.dead-letter-bytes", deadLetterBytesMax, BYTES_MIN, LETTERS_LIMIT);
    }

    public static ConnectorConfig from(Settings settings) {
        var d = DEFAULTS;
        return settings.build(
                d,
                () -> new ConnectorConfig(
                        settings.list("connector.allow", d.allow),
                        buffer(settings),
                        retry(settings),
                        settings.duration("connector.timeout", d.timeout),
                        settings.duration("connector.pause-after", d.pauseAfter),
                        settings.bytes("connector.dead-letter-bytes", d.deadLetterBytesMax, BYTES_MIN, LETTERS_LIMIT)));
    }

    private static Buffer buffer(Settings settings) {
        var d = DEFAULTS.buffer;
        return new Buffer(
                settings.integer("connector.buffer-messages", d.messagesMax, 1, MESSAGES_LIMIT),
                settings.bytes("connector.buffer-bytes", d.bytesMax, BYTES_MIN, BYTES_LIMIT));
    }

    private static Retry retry(Settings settings) {
        var d = DEFAULTS.retry;
        return new Retry(
                settings.duration("connector.retry-wait", d.first),
                settings.duration("connector.retry-wait-max", d.last),
                settings.integer("connector.attempts-max", d.attemptsMax, 1, ATTEMPTS_LIMIT));
    }
}
