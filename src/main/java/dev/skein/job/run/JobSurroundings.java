package dev.skein.job.run;

import dev.skein.process.Processes;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a handler is given before its first call.
 *
 * @param settings configured for its type, by the rest of the key
 * @param directory where it may keep what outlives a call
 * @param processes the node's, which ends what was started through it
 */
public record JobSurroundings(
        Vertx vertx, Map<String, String> settings, Path directory, InstantSource clock, Processes processes) {
    public JobSurroundings {
        settings = Map.copyOf(settings);
    }
}
