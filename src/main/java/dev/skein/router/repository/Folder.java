package dev.skein.router.repository;

import dev.skein.kernel.Ids;
import dev.skein.kernel.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Where copies lie, each in a directory of its own that is never used again. Blocks; thread-safe. */
public final class Folder {
    private static final Pattern COPY = Pattern.compile("(.+)-[0-9a-f]{16}");
    private static final int RANDOM_BYTES = 8;

    private final Path top; // canonical, since roots of workspaces are

    private Folder(Path top) {
        this.top = top;
    }

    public static Folder at(Path directory) throws IOException {
        return new Folder(Files.createDirectories(directory).toRealPath());
    }

    /** A place for a copy, where nothing is yet. */
    public Path fresh(String name) {
        return top.resolve(name + "-" + Ids.hex(RANDOM_BYTES));
    }

    /** Whether a directory could be one of a copy. */
    boolean isCopy(Path directory) {
        return top.equals(directory.getParent())
                && COPY.matcher(directory.getFileName().toString()).matches();
    }

    /** For which workspace it was begun. */
    static String nameOf(Path copy) {
        var match = COPY.matcher(copy.getFileName().toString());
        return match.matches() ? match.group(1) : copy.getFileName().toString();
    }

    /** What lies here and could be a copy, whole or not. */
    public List<Path> all() throws IOException {
        try (var files = Files.list(top)) {
            return files.filter(file -> isCopy(file) && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    /** Deletes a copy, and says whether there was one; follows no link. */
    public boolean delete(Path copy) throws IOException {
        if (!isCopy(copy)) {
            throw new IllegalArgumentException("no copy of a repository: " + copy);
        }
        if (!Files.exists(copy, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        Trees.delete(copy);
        return true;
    }
}
