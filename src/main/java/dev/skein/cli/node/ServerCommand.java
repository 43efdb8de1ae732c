package dev.skein.cli.node;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a worker that serves REST and registers with a coordinator, in the words of the base description. */
@Command(
        name = "server",
        description = "Start a worker; with --coordinator it registers there.",
        footer = {
            "skein server --port 9000 --api-key test --coordinator http://localhost:9100 --worker-id worker-0",
            "skein server -p 9001 --api-key test --coordinator http://localhost:9100 --max-pipelines 20",
            "skein server --port 9000"
        })
public final class ServerCommand implements Callable<Integer> {
    private static final int PORT = 9000; // a node's own default is the coordinator's

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "port of the HTTP API (default 9000)")
    @Nullable
    Integer port;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "address to listen on (default 127.0.0.1)")
    @Nullable
    String bind;

    @Option(names = "--api-key", paramLabel = "KEY", description = "key that callers must show (or VARPULIS_API_KEY)")
    @Nullable
    String apiKey;

    @Option(
            names = "--coordinator",
            paramLabel = "URL",
            description = "coordinator to register with (or VARPULIS_COORDINATOR)")
    @Nullable
    String coordinator;

    @Option(
            names = "--worker-id",
            paramLabel = "ID",
            description = "name of this worker (or VARPULIS_WORKER_ID; made when left out)")
    @Nullable
    String workerId;

    @Option(names = "--advertise", paramLabel = "URL", description = "address the coordinator is told to call")
    @Nullable
    String advertise;

    @Option(names = "--max-pipelines", paramLabel = "N", description = "pipelines it takes at most (default 100)")
    @Nullable
    Integer maxPipelines;

    @Option(names = "--join-key", paramLabel = "KEY", description = "key that the coordinator admits workers with")
    @Nullable
    String joinKey;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM file with the authority of the coordinator's certificate")
    @Nullable
    String ca;

    @Option(names = "--memory-budget", paramLabel = "SIZE", description = "most that node and jobs may use")
    @Nullable
    String memoryBudget;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "where journals are kept (default data)")
    @Nullable
    String dataDir;

    public ServerCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        return shell.host()
                .startNode(new NodeFlags()
                        .verticles(List.of("worker", "router", "http"))
                        .port(portOrDefault())
                        .set("http.host", bind)
                        .set("http.api-key", apiKey)
                        .coordinator(coordinator)
                        .set("worker.id", workerId)
                        .set("worker.advertise", advertise)
                        .set("worker.max-pipelines", maxPipelines)
                        .set("worker.join-key", joinKey)
                        .set("worker.ca", ca)
                        .set("node.data-dir", dataDir)
                        .set("memory.budget", memoryBudget)
                        .settings());
    }

    private @Nullable Integer portOrDefault() {
        return port == null && !shell.environment().containsKey("SKEIN_HTTP_PORT") ? Integer.valueOf(PORT) : port;
    }
}
