package dev.skein.cli.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.terminal.Clean;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Pause;
import java.time.Duration;
import java.util.Set;

/** Waits until a repository is copied, and says how far that is. An interrupt ends the waiting and not the copying. */
final class Copying {
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Set<String> GOES_ON = Set.of("waiting", "cloning", "refreshing");

    private final Shell shell;
    private final Api api;

    Copying(Shell shell, Api api) {
        this.shell = shell;
        this.api = api;
    }

    /** The workspace as it is in the end; fails with the reason where nothing came of it. */
    JsonNode await(JsonNode begun) {
        var name = begun.path("name").asText();
        var workspace = begun;
        var said = "";
        while (GOES_ON.contains(workspace.path("state").asText())) {
            var line = line(name, workspace);
            if (!line.equals(said)) {
                shell.terminal().say(Clean.line(line));
                said = line;
            }
            Pause.of(STEP);
            workspace = api.get(WorkspaceCommand.path(name));
        }
        var problem = workspace.path("repository").path("problem");
        if (problem.isObject()) {
            throw Failure.of(
                            ExitCode.UNSUCCESSFUL,
                            Clean.line(problem.path("message").asText()))
                    .because(Clean.line(problem.path("code").asText()));
        }
        return workspace;
    }

    private static String line(String name, JsonNode workspace) {
        var repository = workspace.path("repository");
        var progress = repository.path("progress");
        var what = "%s: %s %s"
                .formatted(
                        name,
                        workspace.path("state").asText(),
                        repository.path("url").asText());
        return progress.isObject()
                ? "%s (%s, %,d bytes)"
                        .formatted(
                                what,
                                progress.path("task").asText(),
                                progress.path("bytes").asLong())
                : what;
    }
}
