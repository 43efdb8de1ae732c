package dev.skein.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A secret that may be replaced while the node runs. For one thread at a time, which it blocks. */
public final class SecretFile {
    private static final Logger log = LoggerFactory.getLogger(SecretFile.class);

    private final String key;
    private final Path file;
    private final Consumer<Secret> listener;
    private String taken;
    private String refused;
    private boolean isUnreadable;

    /**
     * Begins with what was read at the start.
     *
     * @param key the setting that names the file, for the log
     * @param listener gets what is new; what it refuses by an {@code IllegalArgumentException} does not come into force
     */
    public SecretFile(String key, Path file, Secret first, Consumer<Secret> listener) {
        this.key = key;
        this.file = file;
        this.taken = first.reveal();
        this.refused = taken;
        this.listener = listener;
    }

    /** Reads the file again; one that cannot be used leaves in force what was. */
    public void look() {
        try {
            var text = Files.readString(file).strip();
            isUnreadable = false;
            if (!text.equals(taken) && !text.equals(refused)) {
                take(text);
            }
        } catch (IOException e) {
            if (!isUnreadable) { // said once
                log.error("{} stays what it was, since its file cannot be read: {}", key, e.getMessage());
            }
            isUnreadable = true;
        }
    }

    private void take(String text) {
        try {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("the file is empty");
            }
            listener.accept(new Secret(text));
            taken = text;
            refused = text;
            log.info("{} was read again", key);
        } catch (IllegalArgumentException e) {
            refused = text; // said once
            log.error("{} stays what it was: {}", key, e.getMessage());
        }
    }
}
