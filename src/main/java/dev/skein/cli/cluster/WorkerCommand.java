package dev.skein.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.moving.WorkerCordonCommand;
import dev.skein.cli.moving.WorkerDrainCommand;
import dev.skein.cli.moving.WorkerUncordonCommand;
import dev.skein.cli.noun.ConfirmOptions;
import dev.skein.cli.noun.Each;
import dev.skein.cli.noun.GetCommand;
import dev.skein.cli.noun.ListCommand;
import dev.skein.cli.noun.Names;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.kernel.SteadyClock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The nodes that run pipelines. */
@Command(
        name = "worker",
        aliases = "workers",
        description = "Show, empty and remove workers.",
        subcommands = {
            WorkerCommand.Listing.class,
            WorkerCommand.Get.class,
            WorkerDrainCommand.class,
            WorkerCordonCommand.class,
            WorkerUncordonCommand.class,
            WorkerCommand.Delete.class
        })
public final class WorkerCommand {
    private static final String PATH = "/workers";

    @Mixin
    HelpFlag help = new HelpFlag();

    private static Names names(Api api) {
        return new Names("worker", api.all(PATH, "workers"));
    }

    /** All of them. */
    @Command(
            name = "list",
            description = "List the workers.",
            footer = {
                "skein worker list",
                "skein worker list --filter 'status=ready and events_processed > 1000' -o json",
                "skein worker list --watch"
            })
    public static final class Listing extends ListCommand {
        public Listing(Shell shell) {
            super(shell, Kinds.WORKER);
        }

        @Override
        protected List<JsonNode> all(Api api) {
            return api.all(PATH, "workers");
        }
    }

    /** Some of them. */
    @Command(
            name = "get",
            description = "Show workers.",
            footer = {
                "skein worker get worker-0",
                "skein worker get worker-0 worker-1 -o yaml",
                "skein worker get worker-0 -o json --fields id,assigned_pipelines"
            })
    public static final class Get extends GetCommand {
        @Parameters(arity = "1..*", paramLabel = "WORKER", description = "id, or the beginning of one")
        List<String> workers = List.of();

        public Get(Shell shell) {
            super(shell, Kinds.WORKER);
        }

        @Override
        protected List<String> words() {
            return workers;
        }

        @Override
        protected Function<String, JsonNode> finder(Api api) {
            return names(api)::find;
        }
    }

    /** Takes them out of the cluster. */
    @Command(
            name = "delete",
            aliases = "rm",
            description = "Take workers out; their pipelines move to others.",
            footer = {
                "skein worker delete worker-3",
                "skein worker delete worker-2 worker-3 --yes",
                "skein worker delete worker-3 --yes -o json"
            })
    public static final class Delete implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        HelpFlag help = new HelpFlag();

        @Parameters(arity = "1..*", paramLabel = "WORKER", description = "id, or the beginning of one")
        List<String> workers = List.of();

        @Mixin
        ConfirmOptions confirm = new ConfirmOptions();

        @Mixin
        ShowOptions show = new ShowOptions();

        @Mixin
        ConnectOptions connect = new ConnectOptions();

        public Delete(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            var api = Api.of(connect, shell);
            var names = names(api);
            var found = Each.of(workers, shell, names::find);
            if (!found.done().isEmpty()) {
                confirm.confirm(shell, ids(found.done()), consequence(found.done()));
            }
            var deleted = Each.of(ids(found.done()), shell, id -> delete(api, id));
            new Printer(shell, show, Kinds.DELETED, SteadyClock.system()).printDone(deleted.done());
            return Math.max(deleted.finish(), found.finish());
        }

        private static JsonNode delete(Api api, String id) {
            api.delete(PATH + "/" + Api.part(id));
            return new ObjectMapper().createObjectNode().put("id", id).put("deleted", true);
        }

        private static List<String> ids(List<JsonNode> items) {
            return items.stream().map(item -> item.path("id").asText()).toList();
        }

        private static String consequence(List<JsonNode> items) {
            int pipelines = items.stream()
                    .mapToInt(item -> item.path("assigned_pipelines").size())
                    .sum();
            return "%s out of the cluster, %d pipelines moved".formatted(String.join(", ", ids(items)), pipelines);
        }
    }
}
