package dev.skein.cli.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.noun.ConfirmOptions;
import dev.skein.cli.noun.Each;
import dev.skein.cli.noun.Names;
import dev.skein.cli.show.Kind;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.kernel.SteadyClock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Changes what workers may be given, one worker after the other. */
abstract class WorkerChangeCommand implements Callable<Integer> {
    protected final Shell shell;
    private final String verb;
    private final Kind kind;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(arity = "1..*", paramLabel = "WORKER", description = "id, or the beginning of one")
    List<String> workers = List.of();

    @Option(
            names = {"--reason", "--message"},
            paramLabel = "TEXT",
            description = "why, for the audit")
    @Nullable
    String reason;

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    /** @param kind of the answers */
    WorkerChangeCommand(Shell shell, String verb, Kind kind) {
        this.shell = shell;
        this.verb = verb;
        this.kind = kind;
    }

    /** Gives what changes one worker and answers; fails before anything is asked when an option cannot be meant. */
    Function<JsonNode, JsonNode> change(Api api) {
        var order = new ObjectMapper().createObjectNode().put("reason", reason);
        return worker -> api.post("/workers/" + Api.part(worker.path("id").asText()) + "/" + verb, order);
    }

    /** Fails when the answers, which were shown, are not what was wanted. */
    void check(List<JsonNode> answers) {}

    @Override
    public final Integer call() {
        var api = Api.of(connect, shell);
        var change = change(api);
        ConfirmOptions.inContext(shell, api, confirm, verb + " " + String.join(", ", workers));
        var names = new Names("worker", api.all("/workers", "workers"));
        var changed = Each.of(workers, shell, word -> change.apply(names.find(word)));
        new Printer(shell, show, kind, SteadyClock.system()).printDone(changed.done());
        int exit = changed.finish();
        check(changed.done());
        return exit;
    }
}
