package dev.skein.cli.workspace;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.HelpFlag;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.noun.ConfirmOptions;
import dev.skein.cli.show.Printer;
import dev.skein.cli.show.ShowOptions;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Here;
import dev.skein.kernel.SteadyClock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds one. */
@Command(
        name = "add",
        description = {
            "Index a directory of the node that is asked, or with --git a repository that this node copies.",
            "Source roots are found by the layouts of Maven and Gradle unless they are named."
        },
        footer = {
            "skein workspace add app /srv/app",
            "skein workspace add jdk /srv/jdk/src --source-root java.base --source-root java.net.http",
            "skein workspace add app --git https://git.example.org/team/app.git --branch main",
            "skein workspace add app /srv/app -o json"
        })
public final class WorkspaceAddCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    HelpFlag help = new HelpFlag();

    @Parameters(index = "0", paramLabel = "WORKSPACE", description = "name")
    String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ROOT",
            description = "directory on the node that is asked, written as seen from here; either this or --git")
    @Nullable
    String root;

    @Option(
            names = "--git",
            paramLabel = "URL",
            description = "repository to copy, below a place that git.allow of the node names")
    @Nullable
    String git;

    @Option(names = "--branch", paramLabel = "NAME", description = "branch or tag of it (default: what it points to)")
    @Nullable
    String branch;

    @Option(names = "--commit", paramLabel = "ID", description = "whole name of a commit, in place of a branch")
    @Nullable
    String commit;

    @Option(names = "--no-wait", description = "do not wait until the repository is copied")
    boolean noWait;

    @Option(
            names = "--source-root",
            paramLabel = "DIRECTORY",
            description = "below the root, where packages begin; may be given several times")
    List<String> sourceRoots = List.of();

    @Mixin
    ConfirmOptions confirm = new ConfirmOptions();

    @Mixin
    ShowOptions show = new ShowOptions();

    @Mixin
    ConnectOptions connect = new ConnectOptions();

    public WorkspaceAddCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if ((root == null) == (git == null)) {
            throw Failure.usage("give exactly one of ROOT, a directory, and --git URL, a repository");
        }
        var api = Api.of(connect, shell);
        ConfirmOptions.inContext(shell, api, confirm, "add the workspace " + name);
        var added = api.post(WorkspaceCommand.PATH, body());
        var whole = noWait ? added : new Copying(shell, api).await(added);
        new Printer(shell, show, WorkspaceCommand.WORKSPACE, SteadyClock.system()).printDone(List.of(whole));
        return ExitCode.DONE.number;
    }

    private ObjectNode body() {
        var body = new ObjectMapper().createObjectNode().put("name", name);
        Map<String, @Nullable String> given = new LinkedHashMap<>();
        given.put("root", root == null ? null : Here.absolute(root).toString());
        given.put("git", git);
        given.put("branch", branch);
        given.put("commit", commit);
        given.forEach((field, value) -> {
            if (value != null) {
                body.put(field, value);
            }
        });
        if (!sourceRoots.isEmpty()) {
            var roots = body.putArray("source_roots");
            sourceRoots.forEach(roots::add);
        }
        return body;
    }
}
