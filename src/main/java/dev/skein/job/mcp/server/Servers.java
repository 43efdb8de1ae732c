package dev.skein.job.mcp.server;

import dev.skein.job.mcp.McpTransport;
import dev.skein.job.mcp.http.HttpTransport;
import dev.skein.job.mcp.pool.Connections;
import dev.skein.job.mcp.pool.McpPool;
import dev.skein.job.mcp.pool.PoolMetrics;
import dev.skein.job.mcp.pool.PoolStats;
import dev.skein.job.mcp.stdio.Launch;
import dev.skein.job.mcp.stdio.StdioTransport;
import dev.skein.job.mcp.stdio.Warden;
import dev.skein.kernel.Problem;
import dev.skein.process.Command;
import dev.skein.process.Command.Limits;
import dev.skein.process.Processes;
import dev.skein.process.User;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers of one handler, each with its pool. A pool begins with the first call. Thread safe. */
final class Servers implements AutoCloseable {
    private static final int CLOSE_SECONDS = 20;
    private static final long LOOK_MILLIS = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(Servers.class);

    private final Vertx vertx;
    private final InstantSource clock;
    private final Map<String, ServerConfig> configs;
    private final Map<String, Future<McpPool>> pools = new ConcurrentHashMap<>(); // by server
    private final Warden warden;
    private final Door door;
    private volatile long looking = -1;

    /**
     * How servers come into the world: as other commands do.
     *
     * @param user as whom, where the node is root; null for the node's own
     */
    record Door(Processes processes, @Nullable User user) {
        Launch under(long memoryMax) {
            return command -> {
                var folder = Objects.requireNonNullElse(command.directory(), Path.of(""))
                        .toAbsolutePath();
                var limits = Limits.watched(memoryMax).as(user);
                var bare = processes.bare(
                        new Command(command.argv(), folder, command.environment(System.getenv()), limits));
                return new Launch.Started(bare.process(), bare.left());
            };
        }
    }

    Servers(Vertx vertx, InstantSource clock, List<ServerConfig> configs, Door door) {
        this.vertx = vertx;
        this.clock = clock;
        this.door = door;
        var byName = new TreeMap<String, ServerConfig>();
        configs.forEach(config -> byName.put(config.name(), config));
        this.configs = byName;
        try {
            warden = Warden.start();
        } catch (IOException e) {
            throw new UncheckedIOException("the shell that ends MCP servers cannot be started", e);
        }
    }

    ServerConfig config(String name) {
        var config = configs.get(name);
        if (config == null) {
            var known = configs.isEmpty() ? "none is configured" : "there are " + String.join(", ", configs.keySet());
            throw Problem.notFound("mcp_unknown_server", "no MCP server is called '" + name + "'; " + known);
        }
        return config;
    }

    Future<McpPool> pool(ServerConfig config) {
        return pools.computeIfAbsent(config.name(), name -> deploy(config));
    }

    /** Looks at the pools again and again, until it is closed. */
    void count(PoolMetrics metrics) {
        looking = vertx.setPeriodic(LOOK_MILLIS, tick -> stats().onSuccess(all -> all.forEach(metrics::see)));
    }

    /** Of the servers that were called so far. */
    Future<List<PoolStats>> stats() {
        var asked = pools.values().stream()
                .map(pool -> pool.compose(McpPool::stats))
                .toList();
        return Future.all(asked).map(all -> all.<PoolStats>list());
    }

    /** A pool on an event loop of its own choice, whoever asks first. */
    private Future<McpPool> deploy(ServerConfig config) {
        var host = new Host(config);
        return vertx.deployVerticle(host).compose(id -> host.pool().open().map(host.pool()));
    }

    private final class Host extends VerticleBase {
        private final ServerConfig config;
        private volatile @Nullable McpPool made;

        Host(ServerConfig config) {
            this.config = config;
        }

        @Override
        public Future<?> start() {
            made = new McpPool(
                    vertx,
                    config.name(),
                    new Maker(config),
                    new McpPool.PoolSettings(config.pool(), config.limits(), clock));
            return Future.succeededFuture();
        }

        McpPool pool() {
            return Objects.requireNonNull(made, "deployed first");
        }
    }

    private final class Maker implements Connections {
        private final ServerConfig config;

        Maker(ServerConfig config) {
            this.config = config;
        }

        @Override
        public McpTransport connect() {
            var address = config.address();
            var command = config.command();
            if (address != null) {
                return new HttpTransport(vertx, address, config.limits());
            }
            if (command == null) {
                throw new IllegalStateException("a server has neither a command nor an address");
            }
            return new StdioTransport(
                    vertx,
                    command,
                    warden,
                    config.limits(),
                    door.under(config.pool().memoryMax()));
        }

        @Override
        public long process(McpTransport transport) {
            return transport instanceof StdioTransport stdio ? stdio.group() : 0;
        }

        @Override
        public void kill(McpTransport transport, Problem why) {
            if (transport instanceof StdioTransport stdio) {
                stdio.kill(why);
            }
        }
    }

    /** Ends every server; blocks until they have ended, within a bound. */
    @Override
    public void close() {
        vertx.cancelTimer(looking);
        try {
            Future.join(pools.values().stream()
                            .map(pool -> pool.compose(McpPool::close))
                            .toList())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("an MCP server did not end in good order: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            warden.close();
        }
    }
}
