package dev.skein.cli.demo;

import dev.skein.auth.Role;
import dev.skein.auth.Tokens;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.child.FreePorts;
import dev.skein.cli.child.NodeProgram;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.LockFile;
import dev.skein.kernel.SteadyClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a cluster on this machine and lets it compute a picture whose every number is known. */
@Command(
        name = "demo",
        description = {
            "Start a coordinator and workers here, compute the Mandelbrot set with them, and check the result.",
            "Then do a heavy job, one that allocates without bound and one of an MCP server, and check how each ends.",
            "Then index the sources beside the jar, where there are any, and find a declaration in another shard.",
            "Writes below target/demo only and stays up until Ctrl-C, which stops everything it started."
        },
        footer = {"skein demo", "skein demo --once", "skein demo --workers 2 --port 9200"})
public final class DemoCommand implements Callable<Integer> {
    private static final int WORKERS_MAX = 16;
    private static final int PORT_MAX = 65_000;
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);
    private static final Duration LOOK = Duration.ofHours(1);
    private static final String HEAP = "-Xmx640m";

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Option(names = "--once", description = "stop after the results; exit 0 only if all are right")
    boolean once;

    @Option(names = "--workers", paramLabel = "N", description = "worker processes (default 4)")
    int workers = 4;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "port of the coordinator (default 9100)")
    int port = 9100;

    public DemoCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        requireBetween("--workers", workers, 1, WORKERS_MAX);
        requireBetween("--port", port, 1, PORT_MAX);
        var folder = folder();
        Files.createDirectories(folder);
        try (var lock = LockFile.take(folder.resolve("lock"))) {
            if (lock == null) {
                throw Failure.of(ExitCode.CONFLICT, "a demo runs already in " + folder)
                        .advise("Ctrl-C where it runs");
            }
            return run(Layout.fresh(folder));
        }
    }

    private int run(Layout layout) throws IOException {
        var ports = new ProcessNodes.Ports(port, workers);
        var nodes = ProcessNodes.start(layout, NodeProgram.command(HEAP), new FreePorts(shell.terminal()), ports);
        var atExit = new Thread(nodes::close, "demo-stop");
        Runtime.getRuntime().addShutdownHook(atExit);
        try (nodes) {
            return compute(nodes, layout);
        }
    }

    /** What fails because everything is being stopped is no failure to report. */
    private int compute(ProcessNodes nodes, Layout layout) throws IOException {
        try {
            var demo = new Demo(nodes, shell, SteadyClock.system());
            demo.awaitReady();
            shell.terminal()
                    .say("coordinator and %d workers up on 127.0.0.1, data in %s"
                            .formatted(workers, Layout.shown(layout.folder())));
            demo.compute(layout.picture());
            demo.work();
            demo.index(sources());
            demo.review(sources());
            return once ? ExitCode.DONE.number : stay(nodes, layout);
        } catch (Failure failure) {
            throw nodes.isClosing() ? Failure.of(ExitCode.INTERRUPTED, "interrupted") : failure;
        }
    }

    private int stay(Nodes nodes, Layout layout) throws IOException {
        var data = layout.data("coordinator");
        var page = Tokens.issue(data, "demo-page", Role.VIEWER, TOKEN_LIFE);
        var client = Tokens.issue(data, "demo", Role.ADMIN, TOKEN_LIFE);
        layout.writeSecret(layout.token(), client.token());
        var endpoint = nodes.target().endpoint();
        var terminal = shell.terminal();
        terminal.printLine("page        " + endpoint + "/#token=" + page.token());
        terminal.printLine("            token valid 1 h; another: skein token create --role viewer --data-dir "
                + Layout.shown(data));
        terminal.printLine("next        skein worker list --endpoint " + endpoint + " --token-file "
                + Layout.shown(layout.token()));
        terminal.say("Ctrl-C stops everything it started");
        while (true) {
            var ended = nodes.awaitEnd(LOOK);
            if (ended != null) {
                throw Failure.of(ExitCode.FAILED, "a node of the demo ended").because(ended);
            }
        }
    }

    private static void requireBetween(String flag, int value, int min, int max) {
        if (value < min || value > max) {
            throw Failure.usage("%s must be between %d and %d, got %d".formatted(flag, min, max, value));
        }
    }

    /** Beside the jar when that lies in a folder target, as it does in a clone; else below the current folder. */
    private static Path folder() {
        var parent = NodeProgram.jar().getParent();
        var target =
                parent != null && parent.endsWith("target") && Files.isWritable(parent) ? parent : Path.of("target");
        return target.resolve("demo").toAbsolutePath();
    }

    /** Of the clone that the jar was built in. */
    private static Path sources() {
        var target = NodeProgram.jar().getParent();
        var clone = target == null ? null : target.getParent();
        return clone == null ? Path.of("").toAbsolutePath() : clone;
    }
}
