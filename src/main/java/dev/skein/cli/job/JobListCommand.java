package dev.skein.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.show.ListOptions;
import dev.skein.cli.show.Lister;
import dev.skein.kernel.SteadyClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists jobs. */
@Command(
        name = "list",
        description = "List jobs, the newest first.",
        footer = {
            "skein job list",
            "skein job list --state failed,dead --type exec --filter 'attempt > 1' -o json",
            "skein job list --state running --watch"
        })
public final class JobListCommand implements Callable<Integer> {
    private static final int SCANNED_MAX = 10_000;

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Option(names = "--state", paramLabel = "STATE", description = "only those in one of these; separated by commas")
    @Nullable
    String state;

    @Option(names = "--type", paramLabel = "TYPE", description = "only of this type")
    @Nullable
    String type;

    @Option(names = "--worker", paramLabel = "WORKER", description = "only of this worker")
    @Nullable
    String worker;

    @Option(names = "--label", paramLabel = "LABEL", description = "only with this label")
    @Nullable
    String label;

    @Option(names = "--error", paramLabel = "TEXT", description = "only those whose last failure holds this text")
    @Nullable
    String error;

    @Mixin
    ListOptions list = new ListOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public JobListCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var lister = new Lister(shell, list, Kinds.JOB, SteadyClock.system());
        var jobs = JobApi.of(connect, shell);
        var query = with("state", state)
                + with("type", type)
                + with("worker", worker)
                + with("label", label)
                + with("error", error);
        return lister.show(() -> jobs.all(query, asked()));
    }

    /** One more than is shown tells that there are more; a filter or an order of one's own looks at many. */
    private int asked() {
        if (list.limit == 0) {
            return 0;
        }
        return list.filter != null || !list.sort.isEmpty() ? SCANNED_MAX : list.limit + 1;
    }

    private static String with(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + Api.part(value);
    }

    /** Shows what runs and what waits. */
    @Command(
            name = "top",
            description = "Show what runs, the longest first, and then what waits; keeps showing with --watch.",
            footer = {"skein job top", "skein job top --watch", "skein job top --limit 10 -o json"})
    public static final class Top implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Mixin
        ListOptions list = new ListOptions();

        @Mixin
        ConnectOptions connect = new ConnectOptions();

        public Top(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var lister = new Lister(shell, list, Kinds.JOB, SteadyClock.system());
            var jobs = JobApi.of(connect, shell);
            return lister.show(() -> busy(jobs));
        }

        private static List<JsonNode> busy(JobApi jobs) {
            var all = new ArrayList<>(jobs.all("&state=running", SCANNED_MAX));
            all.sort(Comparator.comparing(job -> job.path("started_at").asText()));
            all.addAll(jobs.all("&state=queued,retrying,parked", SCANNED_MAX));
            return all;
        }
    }
}
