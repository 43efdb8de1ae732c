package dev.skein.cli;

import dev.skein.client.SkeinClient;
import dev.skein.config.Settings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What commands need from the process they run in and cannot do themselves, because it belongs to the node. */
public interface CliHost {
    /** The environment variables of the process. */
    Map<String, String> environment();

    /**
     * Reads a node's settings from file, environment and flags, and asks for every key there is, so that faults and
     * unknown keys are noted.
     *
     * @param configuration path of a YAML or JSON file, or inline JSON; null when there is none
     * @param flags settings that win over the others, key to text
     */
    Settings loadSettings(@Nullable String configuration, Map<String, String> flags);

    /** Starts a node without a file of settings. */
    default int startNode(Map<String, String> flags) {
        return startNode(null, flags);
    }

    /**
     * Starts a node in this process and waits for its end.
     *
     * @param configuration as of {@link #loadSettings}
     * @param flags settings made by the command's flags, key to text
     * @return the process's exit code
     */
    int startNode(@Nullable String configuration, Map<String, String> flags);

    /**
     * Serves an editor over standard input and output until it is gone.
     *
     * @param client the cluster to ask
     * @param workspace where the editor's folders are; null to find it by its root
     * @return the process's exit code
     */
    int serveEditor(SkeinClient client, @Nullable String workspace);
}
