package dev.skein.store;

import dev.skein.config.Secret;
import dev.skein.config.Settings;
import dev.skein.kernel.Check;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the store keeps its word.
 *
 * @param durability what an acknowledged write survives ({@code store.durability}: {@code fsync}, {@code async} or
 *     {@code memory}, default {@code fsync})
 * @param queueMax writes, and likewise reads, that may wait before more are refused as busy ({@code store.queue-max},
 *     default 10000)
 * @param batchMax writes that share one commit at most ({@code store.batch-max}, default 512)
 * @param closeDeadline longest wait for submitted writes when closing ({@code store.close-deadline}, default 10s)
 * @param server where PostgreSQL is; null means a SQLite file in the data directory
 */
public record StoreConfig(
        Durability durability,
        int queueMax,
        int batchMax,
        Duration closeDeadline,
        @Nullable Server server) {

    /**
     * A PostgreSQL database.
     *
     * @param url {@code jdbc:postgresql://host:port/database}, with the driver's options such as {@code sslmode}
     *     ({@code store.url}, default none: SQLite)
     * @param user who logs in ({@code store.user}, default {@code skein})
     * @param password with what; empty means without ({@code store.password}, or in a file {@code
     *     store.password-file})
     * @param connectDeadline longest wait for a connection ({@code store.connect-deadline}, default 3s)
     * @param statementDeadline longest wait for one answer; the server gives up as early by itself ({@code
     *     store.statement-deadline}, default 5s)
     */
    public record Server(
            String url, String user, Secret password, Duration connectDeadline, Duration statementDeadline) {
        public Server {
            if (!url.startsWith("jdbc:postgresql:")) {
                throw new IllegalArgumentException(
                        "store.url must look like jdbc:postgresql://host/database, got " + url.split("[?]", 2)[0]);
            }
            Check.positive("store.connect-deadline", connectDeadline);
            Check.positive("store.statement-deadline", statementDeadline);
        }
    }

    public static final StoreConfig DEFAULTS = new StoreConfig(Durability.FSYNC, 10_000, 512, Duration.ofSeconds(10));

    private static final int QUEUE_LIMIT = 1_000_000;
    private static final int BATCH_LIMIT = 10_000;
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration STATEMENT = Duration.ofSeconds(5);

    public StoreConfig {
        Check.between("store.queue-max", queueMax, 1, QUEUE_LIMIT);
        Check.between("store.batch-max", batchMax, 1, BATCH_LIMIT);
        Check.positive("store.close-deadline", closeDeadline);
        if (server != null && durability == Durability.MEMORY) {
            throw new IllegalArgumentException("store.durability memory is for SQLite; leave store.url out");
        }
    }

    /** SQLite. */
    public StoreConfig(Durability durability, int queueMax, int batchMax, Duration closeDeadline) {
        this(durability, queueMax, batchMax, closeDeadline, null);
    }

    /** Reads every key of this record. */
    public static StoreConfig from(Settings settings) {
        var durability = settings.choice("store.durability", DEFAULTS.durability.word(), Durability.words());
        int queueMax = settings.integer("store.queue-max", DEFAULTS.queueMax, 1, QUEUE_LIMIT);
        int batchMax = settings.integer("store.batch-max", DEFAULTS.batchMax, 1, BATCH_LIMIT);
        var closeDeadline = settings.duration("store.close-deadline", DEFAULTS.closeDeadline);
        var url = settings.optional("store.url");
        var user = settings.text("store.user", "skein");
        var password = Objects.requireNonNullElse(settings.secret("store.password"), new Secret(""));
        var connect = settings.duration("store.connect-deadline", CONNECT);
        var statement = settings.duration("store.statement-deadline", STATEMENT);
        return settings.build(
                DEFAULTS,
                () -> new StoreConfig(
                        Durability.of(durability),
                        queueMax,
                        batchMax,
                        closeDeadline,
                        url == null ? null : new Server(url, user, password, connect, statement)));
    }

    /** How long to ask what became of a commit: longer than the server keeps one that nobody finishes. */
    public Duration outcomeDeadline() {
        return server == null ? STATEMENT : server.statementDeadline.multipliedBy(2);
    }
}
