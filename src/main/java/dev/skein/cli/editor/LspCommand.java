package dev.skein.cli.editor;

import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.api.Target;
import dev.skein.cli.child.FreePorts;
import dev.skein.cli.child.LoneNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves an editor over standard input and output. */
@Command(
        name = "lsp",
        description = {
            "Serve an editor by the language server protocol, over standard input and output.",
            "Asks the cluster that --endpoint, SKEIN_ENDPOINT or a context names; with none of them, or with",
            "--embedded, it starts a node of its own, whose index stays in ~/.cache/skein/editor."
        },
        footer = {"skein lsp", "skein lsp --endpoint http://127.0.0.1:9100 --workspace app", "skein lsp --embedded"})
public final class LspCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Option(names = "--embedded", description = "start a node of its own whatever cluster is configured")
    boolean embedded;

    @Option(
            names = "--workspace",
            paramLabel = "NAME",
            description = "workspace that the editor's folders are in; otherwise found by its root, or added")
    @Nullable
    String workspace;

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public LspCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var target = Target.of(connect, shell.environment());
        if (!embedded && !target.isDefault()) {
            return shell.host().serveEditor(target.client(), workspace);
        }
        try (var node = LoneNode.start(cache(shell.environment()), new FreePorts(shell.terminal()))) {
            return shell.host().serveEditor(node.client(), workspace);
        }
    }

    private static Path cache(Map<String, String> environment) {
        var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        var base = environment.getOrDefault("XDG_CACHE_HOME", "");
        return (base.isEmpty() ? Path.of(home, ".cache") : Path.of(base)).resolve("skein/editor");
    }
}
