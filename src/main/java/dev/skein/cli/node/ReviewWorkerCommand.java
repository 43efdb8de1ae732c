package dev.skein.cli.node;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.terminal.Failure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a member of a cluster that does tasks of reviews and nothing else. */
@Command(
        name = "worker",
        description = {
            "Start a node that does tasks of reviews and nothing else, as a member of a cluster.",
            "Which engines it reaches is said by review.* in its own --config. With --max-tasks it ends with 0 once it",
            "has done so many, whatever came of them; without, it runs until it is told to stop. Then it takes nothing",
            "more, has two thirds of node.stop-deadline (20 s) for what it does, and leaves the rest to others."
        },
        footer = {
            "skein review worker --join 10.0.0.5 --worker-id reviewer-1",
            "skein review worker --config conf/reviewer.yaml --max-tasks 100"
        })
public final class ReviewWorkerCommand implements Callable<Integer> {
    private static final Duration STOP = Duration.ofSeconds(30); // as long as a node has unless it is told otherwise

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Option(
            names = "--worker-id",
            paramLabel = "ID",
            description = "name of this worker (or VARPULIS_WORKER_ID; made when left out)")
    @Nullable
    String workerId;

    @Option(
            names = "--max-tasks",
            paramLabel = "N",
            description = "tasks after which it ends (default 0: it does not end by itself)")
    @Nullable
    Integer maxTasks;

    @Option(names = "--config", paramLabel = "FILE", description = "YAML or JSON file with settings of this node")
    @Nullable
    String config;

    @Mixin
    JoinOptions join = new JoinOptions();

    @Option(names = "--data-dir", paramLabel = "DIR", description = "where it keeps its files (default data/ID)")
    @Nullable
    String dataDir;

    public ReviewWorkerCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (maxTasks != null && maxTasks < 0) {
            throw Failure.usage("--max-tasks must be 0 or more, got " + maxTasks);
        }
        var flags = join.into(new NodeFlags()
                .verticles(List.of("heavy-worker"))
                .set("jobs.types", "review")
                .set("jobs.max", maxTasks)
                .set("worker.id", workerId)
                .set("node.data-dir", dataDir));
        var settings = shell.host().loadSettings(config, flags.settings());
        if (settings.optional("jobs.finish-within") == null) {
            var whole = settings.duration("node.stop-deadline", STOP);
            flags.set("jobs.finish-within", whole.multipliedBy(2).dividedBy(3).toMillis() + "ms");
        }
        if (!settings.flag("cluster.enabled", false)) {
            throw Failure.usage("a worker of reviews needs a cluster whose reviews it does")
                    .advise("--join HOST, or cluster.enabled and cluster.members in --config FILE");
        }
        boolean isBounded = maxTasks != null && maxTasks > 0;
        shell.terminal().say(isBounded ? "reviewing, at most " + maxTasks + " tasks" : "reviewing");
        return shell.host().startNode(config, flags.settings());
    }
}
