package dev.skein.cli.noun;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.show.Kind;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.kernel.SteadyClock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Mixin;

/** Shows those things of a kind that are named; one that cannot be found does not keep back the others. */
public abstract class GetCommand implements Callable<Integer> {
    protected final Shell shell;
    private final Kind kind;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Mixin
    protected ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    protected GetCommand(Shell shell, Kind kind) {
        this.shell = shell;
        this.kind = kind;
    }

    /** As they were typed. */
    protected abstract List<String> words();

    /** Gives the thing that a word means, or fails; made once for all words. */
    protected abstract Function<String, JsonNode> finder(Api api);

    protected void print(List<JsonNode> found) {
        new Printer(shell, show, kind, SteadyClock.system()).printDone(found);
    }

    @Override
    public final Integer call() {
        var found = Each.of(words(), shell, finder(Api.of(connect, shell)));
        print(found.done());
        return found.finish();
    }
}
