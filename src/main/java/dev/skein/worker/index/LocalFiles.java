package dev.skein.worker.index;

import dev.skein.index.feed.Feeds.Item;
import dev.skein.index.source.ContentHash;
import dev.skein.index.source.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * A workspace as this machine sees it, which may be as its router does, otherwise, or not at all. A file counts only
 * when its content has the hash that the router named. Blocks on the disk.
 */
final class LocalFiles {
    private final Path workspace;

    private LocalFiles(Path workspace) {
        this.workspace = workspace;
    }

    /**
     * Around a shard.
     *
     * @param directory canonical path of the shard's root, by the router's word
     * @param root of the shard in its workspace
     */
    static LocalFiles around(String directory, String root) {
        boolean isBelow = !root.isEmpty() && directory.endsWith("/" + root);
        return new LocalFiles(
                Path.of(isBelow ? directory.substring(0, directory.length() - root.length() - 1) : directory));
    }

    /** The content that is meant; null where there is none here. */
    byte @Nullable [] read(Item item) {
        try {
            var file = workspace.resolve(item.path());
            var is = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!is.isRegularFile() || is.size() != item.bytes() || is.size() > SourceText.BYTES_MAX) {
                return null;
            }
            try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                var content = in.readNBytes((int) is.size() + 1);
                return ContentHash.of(content).equals(item.content()) ? content : null;
            }
        } catch (IOException | InvalidPathException | SecurityException e) {
            return null;
        }
    }
}
