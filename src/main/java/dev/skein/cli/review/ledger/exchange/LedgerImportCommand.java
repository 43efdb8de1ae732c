package dev.skein.cli.review.ledger.exchange;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.noun.ConfirmOptions;
import dev.skein.cli.review.ReviewApi;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Here;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tasks of a ledger become a run of the cluster. */
@Command(
        name = "import",
        description = {
            "Take the tasks of the ledger in a directory as a review of the cluster.",
            "Open ones are reviewed, closed ones are done with what they found, blocked ones failed. Done again it",
            "creates nothing."
        },
        footer = {"skein review ledger import", "skein review ledger import ~/src/app --engine pmd"})
public final class LedgerImportCommand implements Callable<Integer> {
    private static final Duration SURVEY = Duration.ofMinutes(5);

    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(
            arity = "0..1",
            paramLabel = "PATH",
            description = "a checkout of the ledger's branch, on the node that is asked (default: here)")
    Path root = Path.of("");

    @Option(names = "--name", paramLabel = "NAME", description = "of the code base (default: the directory's)")
    @Nullable
    String name;

    @Option(names = "--engine", paramLabel = "ENGINE", description = "pmd, ollama or openai (default: as configured)")
    @Nullable
    String engine;

    @Option(names = "--persona", paramLabel = "NAME", description = "whose eyes a model looks with")
    @Nullable
    String persona;

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public LedgerImportCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var api = Api.of(connect, shell);
        var path = Here.absolute(root.toString()).toString();
        ConfirmOptions.inContext(shell, api, confirm, "take the ledger of " + path);
        var body = ReviewApi.JSON.createObjectNode().put("root", path);
        if (name != null) {
            body.put("name", name);
        }
        if (engine != null) {
            body.put("engine", engine);
        }
        if (persona != null) {
            body.put("persona", persona);
        }
        var done = api.patient(SURVEY).post(ReviewApi.IMPORTS, body);
        shell.terminal()
                .say("review %s: %d tasks, %d of them new; %d results taken over, %d to be done again, %d gone"
                        .formatted(
                                ReviewApi.id(done.path("run")),
                                done.path("found").asInt(),
                                done.path("created").asInt(),
                                done.path("taken").asInt(),
                                done.path("again").asInt(),
                                done.path("gone").asInt()));
        return ExitCode.DONE.number;
    }
}
