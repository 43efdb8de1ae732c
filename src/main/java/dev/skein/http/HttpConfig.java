package dev.skein.http;

import dev.skein.auth.Algorithm;
import dev.skein.auth.ApiKeys;
import dev.skein.auth.Role;
import dev.skein.config.Secret;
import dev.skein.config.Settings;
import dev.skein.http.guard.Limits.Rates;
import dev.skein.kernel.Check;
import dev.skein.tls.TlsConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a node is reached over HTTP.
 *
 * @param host address to listen on ({@code http.host}, default 127.0.0.1)
 * @param port port to listen on, 0 for any ({@code http.port}, default 9100)
 * @param keys API keys: {@code http.api-key} is an admin's, {@code http.api-keys-file} names a file of more
 * @param joinKey keys that admit workers, separated by commas or lines ({@code http.join-key}, default none)
 * @param tokenAlgorithm how tokens are signed: EdDSA, ES256 or RS256 ({@code http.token-algorithm}, default EdDSA)
 * @param limits see there
 * @param rates see there
 * @param tls the edge's certificate ({@code http.tls.cert}, {@code http.tls.key}; without them it speaks plain HTTP)
 * @param trustedKeys files of public keys whose tokens are believed besides this node's own
 *     ({@code auth.trusted-keys}, default none)
 * @param names under which others send jobs to this node, {@code host} or {@code host:port} ({@code http.names},
 *     default none, and then those that the machine knows itself by)
 */
public record HttpConfig(
        String host,
        int port,
        ApiKeys keys,
        @Nullable Secret joinKey,
        Algorithm tokenAlgorithm,
        Limits limits,
        Rates rates,
        TlsConfig tls,
        List<Path> trustedKeys,
        List<String> names) {
    public static final HttpConfig DEFAULTS =
            new HttpConfig("127.0.0.1", 9100, new ApiKeys(), null, Algorithm.EDDSA, Limits.DEFAULTS);

    private static final Pattern NAME = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(:\\d{1,5})?");
    private static final int PORT_MAX = 65_535;
    private static final int RATE_MAX = 1_000_000;

    public HttpConfig {
        trustedKeys = List.copyOf(trustedKeys);
        names = List.copyOf(names);
        names.forEach(HttpConfig::checkName);
    }

    /** One without TLS that knows its own tokens alone. */
    public HttpConfig(
            String host, int port, ApiKeys keys, @Nullable Secret joinKey, Algorithm tokenAlgorithm, Limits limits) {
        this(host, port, keys, joinKey, tokenAlgorithm, limits, ratesOf(limits), TlsConfig.OFF, List.of(), List.of());
    }

    private static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "http.names must hold host or host:port, an IPv6 host in brackets, got " + name);
        }
    }

    private static Rates ratesOf(Limits limits) {
        var usual = Rates.DEFAULTS;
        return new Rates(
                limits.ratePerSecond, usual.reads(), usual.subjectChanges(), usual.subjectReads(), usual.signIns());
    }

    /**
     * What one node puts up with.
     *
     * @param ratePerSecond changing calls of one address, with bursts of twice as many; 0 for any number
     *     ({@code http.rate-limit}, default 0)
     * @param connectionsMax connections at once ({@code http.connections-max}, default 1000)
     * @param bodyBytesMax bytes of bodies in memory at once ({@code http.body-memory}, default 32MiB)
     * @param idle longest silence on a connection ({@code http.idle}, default 30s)
     * @param head longest time for the head of a request ({@code http.head}, default 10s)
     * @param loops event loops that serve ({@code http.loops}, default 2)
     */
    public record Limits(
            int ratePerSecond, int connectionsMax, long bodyBytesMax, Duration idle, Duration head, int loops) {
        public static final Limits DEFAULTS =
                new Limits(0, 1_000, 32 << 20, Duration.ofSeconds(30), Duration.ofSeconds(10), 2);

        public Limits {
            Check.positive("http.idle", idle);
            Check.positive("http.head", head);
        }

        static Limits from(Settings settings) {
            int rate = settings.integer("http.rate-limit", DEFAULTS.ratePerSecond, 0, 1_000_000);
            int connections = settings.integer("http.connections-max", DEFAULTS.connectionsMax, 1, 100_000);
            long bodies = settings.bytes("http.body-memory", DEFAULTS.bodyBytesMax, 16 << 20, 4L << 30);
            var idle = settings.duration("http.idle", DEFAULTS.idle);
            var head = settings.duration("http.head", DEFAULTS.head);
            int loops = settings.integer("http.loops", DEFAULTS.loops, 1, 64);
            return settings.build(DEFAULTS, () -> new Limits(rate, connections, bodies, idle, head, loops));
        }
    }

    public static HttpConfig from(Settings settings) {
        var host = settings.text("http.host", DEFAULTS.host);
        int port = settings.integer("http.port", DEFAULTS.port, 0, PORT_MAX);
        var key = settings.secret("http.api-key");
        var file = settings.optional("http.api-keys-file");
        var joinKey = settings.secret("http.join-key");
        var algorithm = settings.choice(
                "http.token-algorithm", DEFAULTS.tokenAlgorithm.jwsName(), Set.of("EdDSA", "ES256", "RS256"));
        var limits = Limits.from(settings);
        var rates = rates(settings, limits);
        var tls = TlsConfig.server(settings, "http.tls");
        var trusted = settings.list("auth.trusted-keys", List.of()).stream()
                .map(Path::of)
                .toList();
        var names = settings.list("http.names", List.of());
        return settings.build(
                DEFAULTS,
                () -> new HttpConfig(
                        host,
                        port,
                        keys(key, file),
                        joinKey,
                        Algorithm.named(algorithm).orElse(DEFAULTS.tokenAlgorithm),
                        limits,
                        rates,
                        tls,
                        trusted,
                        names));
    }

    private static Rates rates(Settings settings, Limits limits) {
        var usual = Rates.DEFAULTS;
        return new Rates(
                limits.ratePerSecond,
                settings.integer("limits.reads", usual.reads(), 0, RATE_MAX),
                settings.integer("limits.subject-changes", usual.subjectChanges(), 0, RATE_MAX),
                settings.integer("limits.subject-reads", usual.subjectReads(), 0, RATE_MAX),
                settings.integer("limits.sign-ins", usual.signIns(), 0, RATE_MAX));
    }

    private static ApiKeys keys(@Nullable Secret key, @Nullable String file) {
        var keys = new ApiKeys();
        try {
            if (key != null) {
                keys.add(key.reveal(), Role.ADMIN, ApiKeys.ADMIN_NAME);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("http.api-key: " + e.getMessage(), e);
        }
        try {
            return file == null ? keys : keys.addFile(Path.of(file));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("http.api-keys-file: " + e.getMessage(), e);
        }
    }
}
