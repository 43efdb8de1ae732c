package dev.skein.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.noun.ConfirmOptions;
import dev.skein.cli.noun.Each;
import dev.skein.cli.noun.Ids;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.kernel.SteadyClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tears groups down. */
@Command(
        name = "delete",
        description = "Tear groups down: their pipelines stop and what they hold is lost.",
        footer = {
            "skein group delete orders",
            "skein group delete orders billing --yes",
            "skein group list -o name | skein group delete --ids-from - --yes=12"
        })
public final class GroupDeleteCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(arity = "0..*", paramLabel = "GROUP", description = "name, id, or the beginning of an id")
    List<String> groups = List.of();

    @Option(names = "--ids-from", paramLabel = "FILE", description = "file with an id a line; - for standard input")
    @Nullable
    String idsFrom;

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public GroupDeleteCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var words = new ArrayList<>(groups);
        words.addAll(Ids.from(idsFrom, shell));
        Ids.requireSome(words, "GROUP");
        var api = Api.of(connect, shell);
        var names = GroupCommand.names(api);
        var found = Each.of(words, shell, names::find);
        if (!found.done().isEmpty()) {
            confirm.confirm(shell, texts(found.done(), "name"), consequence(found.done()));
        }
        var deleted = Each.of(texts(found.done(), "id"), shell, id -> delete(api, id));
        new Printer(shell, show, Kinds.DELETED, SteadyClock.system()).printDone(deleted.done());
        return Math.max(deleted.finish(), found.finish());
    }

    private static JsonNode delete(Api api, String id) {
        var answer = api.delete(GroupCommand.PATH + "/" + Api.part(id));
        return answer instanceof ObjectNode object ? object.put("id", id) : answer;
    }

    private static List<String> texts(List<JsonNode> items, String field) {
        return items.stream().map(item -> item.path(field).asText()).toList();
    }

    private static String consequence(List<JsonNode> items) {
        int pipelines = items.stream()
                .mapToInt(item -> item.path("pipeline_count").asInt())
                .sum();
        return "%s torn down, %d pipelines stopped and their state lost"
                .formatted(String.join(", ", texts(items, "name")), pipelines);
    }
}
