package dev.skein.cli;

import dev.skein.cli.node.CoordinatorCommand;
import dev.skein.cli.node.NodeCommand;
import dev.skein.cli.node.ServerCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words that may come first. Only the class of the word in use is loaded, which keeps a command's start short. */
final class Nouns {
    /** In the order of the help. */
    static final List<String> ALL = List.of("node", "coordinator", "server");

    private Nouns() {}

    /** The command of a word or of its other names; null when there is none. */
    static @Nullable Class<?> command(String word) {
        return switch (word) {
            case "node", "nodes" -> NodeCommand.class;
            case "coordinator" -> CoordinatorCommand.class;
            case "server" -> ServerCommand.class;
            default -> null;
        };
    }
}
