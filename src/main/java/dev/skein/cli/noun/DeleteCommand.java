package dev.skein.cli.noun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.kernel.SteadyClock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** Removes those things of a kind that are named, once that was confirmed; the server must know them by these words. */
public abstract class DeleteCommand implements Callable<Integer> {
    private final Shell shell;
    private final String key;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    /** @param key what a word is: id or name */
    protected DeleteCommand(Shell shell, String key) {
        this.shell = shell;
        this.key = key;
    }

    /** As they were typed. */
    protected abstract List<String> words();

    /** Where the thing is that a word means. */
    protected abstract String path(String word);

    /** What is lost, after the words: "removed" and what goes with them. */
    protected abstract String consequence();

    @Override
    public final Integer call() {
        var api = Api.of(connect, shell);
        var words = words();
        confirm.confirm(shell, words, String.join(", ", words) + " " + consequence());
        var deleted = Each.of(words, shell, word -> delete(api, word));
        var kind = new Kind("deletions", key, List.of(Column.of(key.toUpperCase(Locale.ROOT), key, Column.Form.TEXT)));
        new Printer(shell, show, kind, SteadyClock.system()).printDone(deleted.done());
        return deleted.finish();
    }

    private JsonNode delete(Api api, String word) {
        api.delete(path(word));
        return new ObjectMapper().createObjectNode().put(key, word).put("deleted", true);
    }
}
