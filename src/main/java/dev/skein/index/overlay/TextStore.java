package dev.skein.index.overlay;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Texts in memory as far as a budget goes, the oldest of them in files of their own past it. The files are readable by
 * their owner alone, go with their texts, and are no use to a later life. Thread-safe; blocks on the disk.
 */
public final class TextStore {
    private static final Logger log = LoggerFactory.getLogger(TextStore.class);

    private final Path directory;
    private final long memoryMax;
    private final long bytesMax;
    private final Set<Text> inMemory = new LinkedHashSet<>(); // the oldest first; guarded by this, as is the rest
    private long memoryBytes;
    private long bytes;

    /** One text, wherever it is. */
    public static final class Text {
        private final int length;
        private byte @Nullable [] content; // null in a file or once dropped; guarded by the store
        private @Nullable Path file;

        private Text(byte[] content) {
            this.length = content.length;
            this.content = content;
        }

        /** In bytes. */
        public int length() {
            return length;
        }
    }

    /**
     * An empty one, which takes away what an earlier life left in its directory.
     *
     * @param memoryMax bytes in memory
     * @param bytesMax bytes in all
     */
    public TextStore(Path directory, long memoryMax, long bytesMax) {
        this.directory = directory;
        this.memoryMax = memoryMax;
        this.bytesMax = bytesMax;
        clear();
    }

    private void clear() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (var files = Files.newDirectoryStream(directory, "*.text")) {
            for (var file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            log.warn("unsaved texts of an earlier life are left on disk: {}", e.toString());
        }
    }

    /**
     * Keeps a text until it is dropped.
     *
     * @param content nobody may change it
     * @param instead what will be dropped next, and does not count any more
     */
    public synchronized Text keep(byte[] content, int instead) {
        if (bytes - instead + content.length > bytesMax) {
            throw new Problem(
                    Kind.LIMITED,
                    "overlay_full",
                    "unsaved texts would have more than %d bytes".formatted(bytesMax),
                    List.of());
        }
        var text = new Text(content);
        inMemory.add(text);
        memoryBytes += text.length;
        bytes += text.length;
        try {
            spill();
        } catch (IOException e) {
            drop(text);
            log.warn("an unsaved text is refused: {}", e.toString());
            throw new Problem(Kind.STORAGE_FULL, "unsaved texts cannot be written");
        }
        return text;
    }

    /** Writes the oldest to disk until the budget holds; the newest is the last to go. */
    private void spill() throws IOException {
        while (memoryBytes > memoryMax && !inMemory.isEmpty()) {
            var oldest = inMemory.iterator().next();
            var content = oldest.content;
            if (content != null) {
                oldest.file = write(content);
            }
            oldest.content = null;
            inMemory.remove(oldest);
            memoryBytes -= oldest.length;
        }
    }

    private Path write(byte[] content) throws IOException {
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var file = Files.createTempFile(directory, "", ".text", owner);
        try {
            return Files.write(file, content);
        } catch (IOException e) {
            delete(file); // a part of it helps nobody and takes room
            throw e;
        }
    }

    /** The text's bytes; null once it was dropped. */
    public synchronized byte @Nullable [] read(Text text) {
        var file = text.file;
        if (file == null) {
            return text.content;
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("an unsaved text cannot be read back", e);
        }
    }

    public synchronized void drop(Text text) {
        var file = text.file;
        if (inMemory.remove(text)) {
            memoryBytes -= text.length;
        } else if (file == null) {
            return; // dropped before
        } else {
            delete(file);
        }
        bytes -= text.length;
        text.content = null;
        text.file = null;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("an unsaved text is left on disk: {}", e.toString());
        }
    }

    /** Bytes of all texts. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Bytes of those that are in memory. */
    public synchronized long memoryBytes() {
        return memoryBytes;
    }
}
