package dev.skein.job.mcp.stdio;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to start a server.
 *
 * @param argv the program and its arguments; never a shell line
 * @param environment variables it gets besides the few that every program needs
 * @param directory where it runs; null is where this process does
 */
public record ServerCommand(
        List<String> argv,
        Map<String, String> environment,
        @Nullable Path directory) {
    private static final List<String> PASSED_ON = List.of("HOME", "LOGNAME", "PATH", "SHELL", "TERM", "USER");

    public ServerCommand {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a server's command must name a program");
        }
    }

    /** A process to start that leads a group of its own and sees nothing of our environment but what it may. */
    ProcessBuilder process(Map<String, String> ours) {
        var command = new ArrayList<>(List.of("setsid"));
        command.addAll(argv);
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment(ours));
        if (directory != null) {
            builder.directory(directory.toFile());
        }
        return builder;
    }

    /** All that it sees. */
    public Map<String, String> environment(Map<String, String> ours) {
        var theirs = new HashMap<String, String>();
        for (var name : PASSED_ON) {
            var value = ours.get(name);
            if (value != null) {
                theirs.put(name, value);
            }
        }
        theirs.putAll(environment);
        return theirs;
    }

    @Override
    public String toString() {
        return argv.get(0); // arguments and environment may hold secrets
    }
}
