package dev.skein;

import dev.skein.config.Settings;
import dev.skein.kernel.Check;
import dev.skein.kernel.Ids;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one process is. Built once at start.
 *
 * @param id the node's name; {@code worker.id} is used when this is left out, else one is made ({@code node.id})
 * @param verticles the roles it holds ({@code verticles}, default coordinator, router, worker, http)
 * @param dataDir where it keeps its store, keys and journals ({@code node.data-dir}, default {@code data} for a
 *     coordinator and {@code data/<id>} for any other node, so that several share a working directory)
 * @param stopDeadline longest time from the stop signal to the end ({@code node.stop-deadline}, default 30s)
 * @param exitWithParent whether to stop when standard input ends, as children of the demo do
 *     ({@code node.exit-with-parent}, default false)
 */
record NodeConfig(String id, List<String> verticles, Path dataDir, Duration stopDeadline, boolean exitWithParent) {
    static final Set<String> ROLES = Set.of("coordinator", "router", "worker", "heavy-worker", "http");
    static final NodeConfig DEFAULTS = new NodeConfig(
            "node", List.of("coordinator", "router", "worker", "http"), Path.of("data"), Duration.ofSeconds(30), false);
    private static final int ID_BYTES = 4;

    NodeConfig {
        Check.positive("node.stop-deadline", stopDeadline);
        verticles = List.copyOf(verticles);
        if (!Ids.WORKER.matcher(id).matches()) {
            throw new IllegalArgumentException("node.id must be 1 to 128 of A-Z a-z 0-9 . _ -, got " + id);
        }
        for (var role : verticles) {
            if (!ROLES.contains(role)) {
                throw new IllegalArgumentException("verticles must be among "
                        + String.join(", ", ROLES.stream().sorted().toList()) + ", got " + role);
            }
        }
        if (verticles.isEmpty()) {
            throw new IllegalArgumentException("verticles must name at least one role");
        }
        if (!verticles.contains("router") && (verticles.contains("http") || verticles.contains("worker"))) {
            throw new IllegalArgumentException("verticles must include router beside http or worker");
        }
    }

    static NodeConfig from(Settings settings) {
        return settings.build(DEFAULTS, () -> read(settings));
    }

    private static NodeConfig read(Settings settings) {
        var id = id(settings);
        var verticles = settings.list("verticles", DEFAULTS.verticles);
        var dataDir = settings.optional("node.data-dir");
        return new NodeConfig(
                id,
                verticles,
                dataDir != null ? Path.of(dataDir) : ownDataDir(id, verticles),
                settings.duration("node.stop-deadline", DEFAULTS.stopDeadline),
                settings.flag("node.exit-with-parent", DEFAULTS.exitWithParent));
    }

    private static Path ownDataDir(String id, List<String> verticles) {
        return verticles.contains("coordinator") ? DEFAULTS.dataDir : DEFAULTS.dataDir.resolve(id);
    }

    private static String id(Settings settings) {
        var given = settings.optional("node.id");
        return given != null ? given : made(settings.optional("worker.id"));
    }

    private static String made(@Nullable String worker) {
        return worker != null ? worker : "node-" + Ids.hex(ID_BYTES);
    }

    boolean has(String role) {
        return verticles.contains(role);
    }
}
