package dev.skein;

import dev.skein.cli.Cli;
import dev.skein.cli.CliHost;
import dev.skein.client.SkeinClient;
import dev.skein.config.Settings;
import dev.skein.config.SettingsException;
import dev.skein.lsp.EditorConnection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The process: its arguments become a node or a command. The only reader of the environment and the only exit. */
public final class Main {
    private static final int EXIT_USAGE = 2;
    private static final int EXIT_INTERRUPTED = 130;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String... arguments) {
        try {
            if (NodeArguments.startNode(arguments)) {
                var node = NodeArguments.parse(arguments);
                return runNode(node.configuration(), node.flags());
            }
            return Cli.run(arguments, new Host());
        } catch (SettingsException wrong) {
            wrong.faults().forEach(fault -> System.err.println("error: " + fault));
            return EXIT_USAGE;
        }
    }

    private static int runNode(@Nullable String configuration, Map<String, String> flags) {
        try {
            return new NodeRunner(NodeSettings.read(configuration, System.getenv(), flags)
                            .requireSound())
                    .run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return EXIT_INTERRUPTED;
        }
    }

    /** What commands may ask of the node's side of the product. */
    private static final class Host implements CliHost {
        @Override
        public Map<String, String> environment() {
            return System.getenv();
        }

        @Override
        public Settings loadSettings(@Nullable String configuration, Map<String, String> flags) {
            return NodeSettings.read(configuration, System.getenv(), flags).settings();
        }

        @Override
        public int startNode(@Nullable String configuration, Map<String, String> flags) {
            return runNode(configuration, flags);
        }

        @Override
        public int serveEditor(SkeinClient client, @Nullable String workspace) {
            return new EditorConnection(client.index(), workspace).serve(System.in, System.out, Version.TEXT);
        }
    }
}
