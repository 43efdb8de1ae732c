package dev.skein.cli.noun;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.show.Kind;
import dev.skein.cli.show.ListOptions;
import dev.skein.cli.show.Lister;
import dev.skein.kernel.SteadyClock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** Lists what a server has of a kind, once or for as long as it is watched. */
public abstract class ListCommand implements Callable<Integer> {
    protected final Shell shell;
    private final Kind kind;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Mixin
    protected ListOptions list = new ListOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    protected ListCommand(Shell shell, Kind kind) {
        this.shell = shell;
        this.kind = kind;
    }

    /** Everything there is, as it is now; called again and again while watching. */
    protected abstract List<JsonNode> all(Api api);

    /** Whether there is more than {@link #all} gave last, which need not ask for what is not shown. */
    protected boolean isMore() {
        return false;
    }

    @Override
    public final Integer call() {
        var lister = new Lister(shell, list, kind, SteadyClock.system());
        var api = Api.of(connect, shell);
        return lister.show(() -> all(api), this::isMore);
    }
}
