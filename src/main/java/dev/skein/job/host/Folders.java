package dev.skein.job.host;

import dev.skein.kernel.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes folders with all that is in them; links are not followed. */
public final class Folders {
    private static final Logger log = LoggerFactory.getLogger(Folders.class);

    private Folders() {}

    /** What a node that was killed has left of its calls; to be called before there are new ones. */
    public static void clear(Path directory) {
        if (Files.notExists(directory)) {
            return;
        }
        try {
            Trees.delete(directory);
        } catch (IOException | RuntimeException left) {
            log.warn("folders of former jobs are left over in {}: {}", directory, left.getMessage());
        }
    }
}
