package dev.skein.cli.child;

import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** What reviews do where there is no cluster: a node of their own with worker processes, for one command. */
public final class Alone {
    /** Begins the names of settings of reviews in the environment. */
    public static final String SETTINGS = "SKEIN_REVIEW_";

    private static final int WORKERS = 2;

    private Alone() {}

    /** Whether no endpoint was named and none answers. */
    public static boolean is(Api api) {
        if (!api.target().isDefault()) {
            return false;
        }
        try {
            api.get("//health");
            return false;
        } catch (Failure failure) {
            return failure.exit() == ExitCode.UNAVAILABLE && failure.answer() == null;
        }
    }

    /**
     * Starts one, has the work done with it when it is ready, and ends it. It has what the one before it had.
     *
     * @param timeout of one answer
     * @param settings as variables of its environment, besides those that this one has about reviews
     */
    public static int with(Shell shell, Duration timeout, Map<String, String> settings, ToIntFunction<Api> work) {
        var all = new TreeMap<>(shell.environment());
        all.keySet().removeIf(name -> !name.startsWith(SETTINGS));
        all.putAll(settings);
        shell.terminal().say("starting a node of its own with " + WORKERS + " worker processes");
        try (var node = LoneNode.start(cache(shell.environment()), new FreePorts(shell.terminal()), WORKERS, all)) {
            var api = Api.at(node.target(), shell, timeout);
            node.awaitReady(() -> isReady(api));
            return work.applyAsInt(api);
        }
    }

    private static boolean isReady(Api api) {
        try {
            api.get("//ready");
            return api.all("/workers", "workers").stream()
                            .filter(worker -> worker.path("status").asText().equals("ready"))
                            .count()
                    >= WORKERS;
        } catch (Failure notYet) {
            return false;
        }
    }

    private static Path cache(Map<String, String> environment) {
        var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        var base = environment.getOrDefault("XDG_CACHE_HOME", "");
        return (base.isEmpty() ? Path.of(home, ".cache") : Path.of(base)).resolve("skein/review");
    }
}
