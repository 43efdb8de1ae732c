package dev.skein;

import dev.skein.config.SettingsException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form in which Vert.x users start a node: {@code -cluster -conf FILE --key=value …}.
 *
 * @param configuration path or inline JSON; null when not given
 * @param flags settings given as {@code --key=value} or by {@code -cluster}
 */
record NodeArguments(@Nullable String configuration, Map<String, String> flags) {
    NodeArguments {
        flags = Map.copyOf(flags);
    }

    /** Whether these arguments start a node rather than a command. */
    static boolean startNode(String... arguments) {
        return arguments.length > 0 && isNodeFlag(arguments[0]);
    }

    private static boolean isNodeFlag(String argument) {
        var name = argument.replaceFirst("^--?", "").replaceFirst("=.*", "");
        return argument.startsWith("-")
                && (name.equals("cluster") || name.equals("conf") || (argument.contains("=") && name.contains(".")));
    }

    /**
     * Reads the arguments.
     *
     * @throws SettingsException when one is not understood
     */
    static NodeArguments parse(String... arguments) {
        var flags = new HashMap<String, String>();
        String configuration = null;
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "-cluster", "--cluster" -> flags.put("cluster.enabled", "true");
                case "-conf", "--conf" -> configuration = valueAfter(i++, arguments);
                default -> keyAndValue(arguments[i], flags);
            }
        }
        return new NodeArguments(configuration, flags);
    }

    private static String valueAfter(int flag, String... arguments) {
        if (flag + 1 >= arguments.length) {
            throw new SettingsException(
                    List.of(arguments[flag] + " needs a YAML or JSON file, or inline JSON, after it"));
        }
        return arguments[flag + 1];
    }

    private static void keyAndValue(String argument, Map<String, String> flags) {
        int equals = argument.indexOf('=');
        if (!argument.startsWith("--") || equals < 0) {
            throw new SettingsException(List.of("expected -cluster, -conf FILE or --key=value, got " + argument));
        }
        flags.put(argument.substring(2, equals), argument.substring(equals + 1));
    }
}
