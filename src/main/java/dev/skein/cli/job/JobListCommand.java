package dev.skein.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.noun.ListCommand;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
public final class JobListCommand extends ListCommand {
    private static final int SCANNED_MAX = 10_000;

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

    public JobListCommand(Shell shell) {
        super(shell, Kinds.JOB);
    }

    @Override
    protected List<JsonNode> all(Api api) {
        var query = with("state", state)
                + with("type", type)
                + with("worker", worker)
                + with("label", label)
                + with("error", error);
        return new JobApi(api, shell).all(query, asked());
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
    public static final class Top extends ListCommand {
        public Top(Shell shell) {
            super(shell, Kinds.JOB);
        }

        @Override
        protected List<JsonNode> all(Api api) {
            var jobs = new JobApi(api, shell);
            var all = new ArrayList<>(jobs.all("&state=running", SCANNED_MAX));
            all.sort(Comparator.comparing(job -> job.path("started_at").asText()));
            all.addAll(jobs.all("&state=queued,retrying,parked", SCANNED_MAX));
            return all;
        }
    }
}
