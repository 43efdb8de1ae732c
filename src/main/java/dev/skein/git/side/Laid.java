package dev.skein.git.side;

import dev.skein.kernel.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.EnumSet;
import org.eclipse.jgit.lib.FileMode;

/**
 * Files of a work tree, written as they are in the repository. Whatever stands in the way goes, and no link is
 * followed.
 */
final class Laid {
    private Laid() {}

    /** Whether a file on this machine can be called so. */
    static boolean isName(String path) {
        try {
            return !Path.of(path).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** How a file was when it was written. */
    record Stamp(long size, Instant modified, boolean executable) {
        static Stamp of(Path file) throws IOException {
            var read = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new Stamp(
                    read.size(), read.lastModifiedTime().toInstant(), read.isRegularFile() && Files.isExecutable(file));
        }
    }

    static Stamp write(Path top, String path, FileMode mode, byte[] content) throws IOException {
        var file = clear(top, path);
        if (FileMode.SYMLINK.equals(mode)) {
            Files.createSymbolicLink(file, Path.of(new String(content, StandardCharsets.UTF_8)));
            return Stamp.of(file);
        }
        Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        if (FileMode.EXECUTABLE_FILE.equals(mode)) {
            var rights = EnumSet.copyOf(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
            rights.add(PosixFilePermission.OWNER_EXECUTE);
            Files.setPosixFilePermissions(file, rights);
        }
        return Stamp.of(file);
    }

    /** An empty directory, where a submodule would be. */
    static void directory(Path top, String path) throws IOException {
        var file = top.resolve(path);
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(clear(top, path));
        }
    }

    /** The place of a file, with directories down to it and nothing at it. */
    private static Path clear(Path top, String path) throws IOException {
        var parts = path.split("/");
        var at = top;
        for (int i = 0; i < parts.length - 1; i++) {
            at = at.resolve(parts[i]);
            if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                Files.deleteIfExists(at);
                Files.createDirectory(at);
            }
        }
        var file = at.resolve(parts[parts.length - 1]);
        Trees.delete(file);
        return file;
    }
}
