package dev.skein.router.review;

import dev.skein.kernel.Problem;
import dev.skein.review.scope.SourceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Files below a directory that is reviewed, and nothing else. Blocks. */
final class RootFiles {
    private static final int BYTES_MAX = 8 << 20; // of a file; larger ones are never reviewed

    private RootFiles() {}

    /** As it is now; a link anywhere below the root is not followed. */
    static byte[] read(Path root, String path) {
        return read(root, path, BYTES_MAX);
    }

    /** One byte more of what is larger. */
    static byte[] read(Path root, String path, int bytesMax) {
        try {
            var file = root.resolve(path).normalize();
            boolean isBelow = file.startsWith(root) && !file.equals(root);
            if (!isBelow
                    || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || !file.toRealPath().equals(file)) {
                throw gone(path);
            }
            return SourceReader.read(file, bytesMax);
        } catch (IOException | InvalidPathException unreadable) {
            throw gone(path);
        }
    }

    static Problem gone(String path) {
        return Problem.notFound("file_gone", path + " is not there any more");
    }
}
