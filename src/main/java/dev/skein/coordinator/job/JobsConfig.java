package dev.skein.coordinator.job;

import dev.skein.config.Settings;
import dev.skein.job.life.Rules;
import dev.skein.job.queue.Limits;
import dev.skein.kernel.ByteSize;
import dev.skein.kernel.Check;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How the leader treats jobs.
 *
 * @param lease how long a runtime may be silent before its jobs are given to others ({@code coordinator.jobs.lease},
 *     default 10s)
 * @param retention how long the end of a job is kept, unless it says ({@code coordinator.jobs.retention}, default 24h)
 * @param types that are known before a worker offers them ({@code coordinator.jobs.types}, default {@code
 *     exec,mcp,context7,cipher,heavy-compute,http,noop,review})
 * @param memoryByType bytes reserved for a job that does not say ({@code coordinator.jobs.memory}, default {@code
 *     exec=256MiB,heavy-compute=512MiB,mcp=128MiB,context7=128MiB,cipher=128MiB,review=64MiB})
 */
public record JobsConfig(
        Duration lease,
        Duration retention,
        Rules rules,
        Limits limits,
        Sizes sizes,
        Set<String> types,
        Map<String, Long> memoryByType) {

    /**
     * How much.
     *
     * @param queueMax jobs that have not ended; more are refused ({@code coordinator.jobs.queue-max}, default 200000)
     * @param finishedMax ends that are kept; beyond that the oldest go early ({@code coordinator.jobs.finished-max},
     *     default 1000000)
     * @param payloadMax longest payload, in bytes ({@code coordinator.jobs.payload-max}, default 1MiB)
     * @param resultMax longest result, in bytes ({@code coordinator.jobs.result-max}, default 1MiB)
     * @param payloadCache payloads kept in memory until they are sent, in bytes ({@code
     *     coordinator.jobs.payload-cache}, default 16MiB)
     */
    public record Sizes(int queueMax, long finishedMax, long payloadMax, long resultMax, long payloadCache) {
        private static final int QUEUE_LIMIT = 10_000_000;
        private static final long FINISHED_LIMIT = 100_000_000;
        private static final long BYTES_MIN = 1 << 10;
        private static final long BYTES_LIMIT = 64 << 20;
        private static final long CACHE_LIMIT = 1 << 30;

        public Sizes {
            Check.between("coordinator.jobs.queue-max", queueMax, 1, QUEUE_LIMIT);
            Check.between("coordinator.jobs.finished-max", finishedMax, 1, FINISHED_LIMIT);
            Check.between("coordinator.jobs.payload-max", payloadMax, BYTES_MIN, BYTES_LIMIT);
            Check.between("coordinator.jobs.result-max", resultMax, BYTES_MIN, BYTES_LIMIT);
        }
    }

    private static final String TYPES = "exec,mcp,context7,cipher,heavy-compute,http,noop,review";
    private static final String MEMORY =
            "exec=256MiB,heavy-compute=512MiB,mcp=128MiB,context7=128MiB,cipher=128MiB,review=64MiB";
    private static final int AGED_BY_LIMIT = 100;

    public static final JobsConfig DEFAULTS = new JobsConfig(
            Duration.ofSeconds(10),
            Duration.ofDays(1),
            new Rules(Duration.ofMillis(250), Duration.ofMinutes(5)),
            new Limits(Duration.ofHours(1), 10, Map.of(), Map.of()),
            new Sizes(200_000, 1_000_000, 1 << 20, 1 << 20, 16 << 20),
            Set.of(TYPES.split(",")),
            numbers("coordinator.jobs.memory", List.of(MEMORY.split(",")), ByteSize::parse));

    public JobsConfig {
        Check.positive("coordinator.jobs.lease", lease);
        Check.positive("coordinator.jobs.retention", retention);
        Check.positive("coordinator.jobs.back-off", rules.backOffFirst());
        Check.positive("coordinator.jobs.back-off-max", rules.backOffMax());
        Check.positive("coordinator.jobs.aged-after", limits.agedAfter());
        types = Set.copyOf(types);
        memoryByType = Map.copyOf(memoryByType);
    }

    /** Turns the text after a {@code =} into a number. */
    @FunctionalInterface
    private interface Reading<T> {
        T of(String text);
    }

    /**
     * Reads every key of this record; besides those named above {@code coordinator.jobs.back-off} (default 250ms),
     * {@code coordinator.jobs.back-off-max} (5m), {@code coordinator.jobs.aged-after} (1h), {@code
     * coordinator.jobs.aged-by} (10), {@code coordinator.jobs.running-max} and {@code coordinator.jobs.rate-max}, both
     * {@code type=number,…}.
     */
    public static JobsConfig from(Settings settings) {
        var lease = settings.duration("coordinator.jobs.lease", DEFAULTS.lease);
        var retention = settings.duration("coordinator.jobs.retention", DEFAULTS.retention);
        var first = settings.duration("coordinator.jobs.back-off", DEFAULTS.rules.backOffFirst());
        var most = settings.duration("coordinator.jobs.back-off-max", DEFAULTS.rules.backOffMax());
        var aged = settings.duration("coordinator.jobs.aged-after", DEFAULTS.limits.agedAfter());
        int agedBy = settings.integer("coordinator.jobs.aged-by", DEFAULTS.limits.agedBy(), 0, AGED_BY_LIMIT);
        var running = settings.text("coordinator.jobs.running-max", "");
        var rates = settings.text("coordinator.jobs.rate-max", "");
        var types = settings.text("coordinator.jobs.types", TYPES);
        var memory = settings.text("coordinator.jobs.memory", MEMORY);
        var sizes = sizes(settings);
        return settings.build(
                DEFAULTS,
                () -> new JobsConfig(
                        lease,
                        retention,
                        new Rules(first, most),
                        new Limits(
                                aged,
                                agedBy,
                                numbers("coordinator.jobs.running-max", words(running), Integer::valueOf),
                                numbers("coordinator.jobs.rate-max", words(rates), Double::valueOf)),
                        sizes,
                        Set.copyOf(words(types)),
                        numbers("coordinator.jobs.memory", words(memory), ByteSize::parse)));
    }

    private static Sizes sizes(Settings settings) {
        var usual = DEFAULTS.sizes;
        return new Sizes(
                settings.integer("coordinator.jobs.queue-max", usual.queueMax, 1, Sizes.QUEUE_LIMIT),
                settings.whole("coordinator.jobs.finished-max", usual.finishedMax, 1, Sizes.FINISHED_LIMIT),
                settings.bytes("coordinator.jobs.payload-max", usual.payloadMax, Sizes.BYTES_MIN, Sizes.BYTES_LIMIT),
                settings.bytes("coordinator.jobs.result-max", usual.resultMax, Sizes.BYTES_MIN, Sizes.BYTES_LIMIT),
                settings.bytes("coordinator.jobs.payload-cache", usual.payloadCache, 0, Sizes.CACHE_LIMIT));
    }

    private static List<String> words(String text) {
        return List.of(text.split(",")).stream()
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    private static <T> Map<String, T> numbers(String key, List<String> pairs, Reading<T> reading) {
        var numbers = new TreeMap<String, T>();
        for (var pair : pairs) {
            int at = pair.indexOf('=');
            try {
                numbers.put(pair.substring(0, at), reading.of(pair.substring(at + 1)));
            } catch (IllegalArgumentException | IndexOutOfBoundsException wrong) {
                throw new IllegalArgumentException(key + " must look like type=number,type=number, got " + pair, wrong);
            }
        }
        return new HashMap<>(numbers);
    }
}
