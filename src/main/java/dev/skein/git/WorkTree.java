package dev.skein.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/** The git work tree around a directory: where it begins and what it tracks, as its index said when it was opened. */
public final class WorkTree {
    private static final FS FILES = Isolated.fileSystem();
    private static final String GIT = ".git";
    private static final String POINTER = "gitdir: ";
    private static final long POINTER_BYTES = 8 << 10;

    private final Path top;
    private final Path common;
    private final @Nullable DirCache index; // null where it cannot be read, or nothing was ever added

    private WorkTree(Path top, Path common, @Nullable DirCache index) {
        this.top = top;
        this.common = common;
        this.index = index;
    }

    /** Of the nearest work tree that has this directory; none outside of one. */
    public static Optional<WorkTree> around(Path directory) {
        for (var at = directory.toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(GIT), LinkOption.NOFOLLOW_LINKS)) {
                return open(at);
            }
        }
        return Optional.empty();
    }

    private static Optional<WorkTree> open(Path top) {
        try {
            var own = directory(top.resolve(GIT));
            if (own == null || !Files.exists(own.resolve("HEAD"), LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            var pointer = own.resolve("commondir");
            var common =
                    Files.isRegularFile(pointer) ? own.resolve(line(pointer)).normalize() : own;
            return Optional.of(new WorkTree(top, common, index(own.resolve("index"))));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // damaged: the files are there all the same
        }
    }

    private static @Nullable Path directory(Path git) throws IOException {
        if (Files.isDirectory(git)) {
            return git;
        }
        if (!Files.isRegularFile(git)) {
            return null;
        }
        var text = line(git);
        return text.startsWith(POINTER)
                ? git.resolveSibling(text.substring(POINTER.length())).normalize()
                : null;
    }

    private static String line(Path file) throws IOException {
        if (Files.size(file) > POINTER_BYTES) {
            throw new IOException("too long");
        }
        return Files.readString(file, StandardCharsets.UTF_8).strip();
    }

    private static @Nullable DirCache index(Path file) {
        try {
            return Files.isRegularFile(file) ? DirCache.read(file.toFile(), FILES) : null;
        } catch (IOException | RuntimeException e) {
            return null; // split, sparse, of another hash, or damaged
        }
    }

    /** The directory that has {@code .git}. */
    public Path top() {
        return top;
    }

    /** Rules of what to ignore that stand in no file of the work tree; may not exist. */
    public Path excludeFile() {
        return common.resolve("info/exclude");
    }

    /** Whether git knows a file or a submodule of this path, which is relative to the top and has {@code /}. */
    public boolean tracks(String path) {
        return index != null && index.findEntry(path) >= 0;
    }

    /** Whether git knows anything below this directory. */
    public boolean tracksBelow(String directory) {
        if (index == null) {
            return false;
        }
        var prefix = directory + "/";
        int at = index.findEntry(prefix);
        int next = at < 0 ? -at - 1 : at;
        return next < index.getEntryCount()
                && index.getEntry(next).getPathString().startsWith(prefix);
    }

    /** Whether this path is another repository that is part of this one. */
    public boolean isSubmodule(String path) {
        int at = index == null ? -1 : index.findEntry(path);
        return at >= 0
                && index != null
                && FileMode.GITLINK.equals(index.getEntry(at).getRawMode());
    }
}
