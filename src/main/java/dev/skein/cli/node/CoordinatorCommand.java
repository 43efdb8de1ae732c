package dev.skein.cli.node;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a coordinator whose workers register by REST, in the words of the base description. */
@Command(
        name = "coordinator",
        description = "Start a coordinator; workers register there with skein server.",
        footer = {
            "skein coordinator --port 9100 --api-key admin",
            "skein coordinator --port 9100 --bind 127.0.0.1 --data-dir data/coordinator",
            "skein coordinator -p 9200 --api-keys conf/keys.json --heartbeat-interval 5s --heartbeat-timeout 15s"
        })
public final class CoordinatorCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "port of the HTTP API (default 9100)")
    @Nullable
    Integer port;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "address to listen on (default 127.0.0.1)")
    @Nullable
    String bind;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            description = "admin key (or VARPULIS_API_KEY, or a file in the settings)")
    @Nullable
    String apiKey;

    @Option(names = "--api-keys", paramLabel = "FILE", description = "JSON file of keys with roles")
    @Nullable
    String apiKeys;

    @Option(names = "--join-key", paramLabel = "KEY", description = "key that admits workers")
    @Nullable
    String joinKey;

    @Option(names = "--rate-limit", paramLabel = "N", description = "changing calls per second and client")
    @Nullable
    Integer rateLimit;

    @Option(names = "--heartbeat-interval", paramLabel = "TIME", description = "how often workers report (default 5s)")
    @Nullable
    String heartbeatInterval;

    @Option(
            names = "--heartbeat-timeout",
            paramLabel = "TIME",
            description = "silence after which a worker is unhealthy (default 15s)")
    @Nullable
    String heartbeatTimeout;

    @Option(names = "--ca", paramLabel = "FILE", description = "PEM file with the authority of workers' certificates")
    @Nullable
    String ca;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "where store and keys are kept (default data)")
    @Nullable
    String dataDir;

    public CoordinatorCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        return shell.host()
                .startNode(new NodeFlags()
                        .verticles(List.of("coordinator", "router", "http"))
                        .port(port)
                        .set("http.host", bind)
                        .set("http.api-key", apiKey)
                        .set("http.api-keys-file", apiKeys)
                        .set("http.join-key", joinKey)
                        .set("http.rate-limit", rateLimit)
                        .set("coordinator.heartbeat-interval", heartbeatInterval)
                        .set("coordinator.heartbeat-timeout", heartbeatTimeout)
                        .set("worker.ca", ca)
                        .set("node.data-dir", dataDir)
                        .settings());
    }
}
