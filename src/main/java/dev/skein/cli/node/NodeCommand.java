package dev.skein.cli.node;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The plain start of a node. */
@Command(name = "node", aliases = "nodes", description = "Start nodes.", subcommands = NodeCommand.Up.class)
public final class NodeCommand {
    private static final List<String> ROLES = List.of("coordinator", "router", "worker", "heavy-worker", "http");
    private static final int TYPING_ERRORS_MAX = 3;

    @Mixin
    HelpFlag help = new HelpFlag();

    /** Starts one: every role in one process on loopback, unless told otherwise. */
    @Command(
            name = "up",
            description = {
                "Start a node: every role in one process on loopback, or the roles named.",
                "With --join it becomes a member of the cluster that the named nodes belong to."
            },
            footer = {
                "skein node up",
                "skein node up --port 9200 --data-dir data/second",
                "skein node up --roles worker --join 10.0.0.5"
            })
    public static final class Up implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Option(
                names = "--roles",
                split = ",",
                paramLabel = "ROLE",
                description = "coordinator, router, worker, heavy-worker, http; separated by commas")
        List<String> roles = List.of();

        @Option(
                names = {"-p", "--port"},
                paramLabel = "PORT",
                description = "port of the HTTP API (default 9100)")
        @Nullable
        Integer port;

        @Mixin
        JoinOptions join = new JoinOptions();

        @Option(names = "--memory-budget", paramLabel = "SIZE", description = "most that node and jobs may use")
        @Nullable
        String memoryBudget;

        @Option(names = "--data-dir", paramLabel = "DIR", description = "where store and keys are kept (default data)")
        @Nullable
        String dataDir;

        public Up(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var flags = join.into(
                    new NodeFlags().port(port).set("node.data-dir", dataDir).set("memory.budget", memoryBudget));
            if (!roles.isEmpty()) {
                flags.verticles(withRouter());
            }
            int shown = port == null ? 9100 : port;
            shell.terminal().say("next: skein worker list --endpoint http://127.0.0.1:" + shown);
            return shell.host().startNode(flags.settings());
        }

        /** A worker or an edge without a router could not pass on an event. */
        private List<String> withRouter() {
            for (var role : roles) {
                if (!ROLES.contains(role)) {
                    var near = Nearest.to(role, ROLES, TYPING_ERRORS_MAX);
                    throw Failure.usage("there is no role " + role)
                            .because("roles are " + String.join(", ", ROLES))
                            .advise(near.map(one -> "skein node up --roles " + one)
                                    .orElse(null));
                }
            }
            var all = new ArrayList<>(roles);
            if (!all.contains("router") && (all.contains("worker") || all.contains("http"))) {
                all.add("router");
            }
            return all;
        }
    }
}
