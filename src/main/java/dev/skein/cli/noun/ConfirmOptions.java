package dev.skein.cli.noun;

import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Asking before something is lost. */
public final class ConfirmOptions {
    private static final int MANY = 10;

    @Option(names = "--yes", description = "do not ask; for more than 10 items --yes=COUNT")
    boolean yes;

    @Option(names = "--yes-count", hidden = true)
    @Nullable
    Integer count;

    /** Fails unless it was confirmed by flag or by a person who was told what it means. */
    public void confirm(Shell shell, List<String> items, String consequence) {
        boolean isMany = items.size() > MANY;
        if (count != null ? count == items.size() : yes && !isMany) {
            return;
        }
        var needed = isMany ? "--yes=" + items.size() : "--yes";
        if (!shell.terminal().shape().asks()) {
            throw Failure.usage(consequence + ": this needs " + needed + " where nobody can be asked")
                    .advise("the same with " + needed);
        }
        var wanted = isMany ? Integer.toString(items.size()) : "y";
        var answer = shell.terminal().ask(consequence + ". Go on? [" + wanted + "/N]");
        if (!answer.equals(wanted) && !(answer.equals("yes") && !isMany)) {
            throw Failure.of(ExitCode.FAILED, "nothing was changed");
        }
    }

    /** Asks when the context in use wants every change confirmed. */
    public static void inContext(Shell shell, Api api, ConfirmOptions options, String change) {
        if (api.target().confirms()) {
            options.confirm(
                    shell, List.of(change), change + " at " + api.target().endpoint());
        }
    }
}
