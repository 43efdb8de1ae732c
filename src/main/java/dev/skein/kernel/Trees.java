package dev.skein.kernel;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Directories with all that is in them. */
public final class Trees {
    private Trees() {}

    /**
     * Deletes a file, or a directory with all in it; no link is followed. What is not there, or goes meanwhile, is as
     * good as deleted; what cannot be deleted fails, and the rest may stay.
     */
    public static void delete(Path file) throws IOException {
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(file);
            return;
        }
        Files.walkFileTree(file, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path each, BasicFileAttributes read) throws IOException {
                Files.deleteIfExists(each);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path each, IOException failed) throws IOException {
                if (failed instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failed;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failed) throws IOException {
                Files.deleteIfExists(each); // fails if something in it was not seen
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
