package dev.skein.cli.review.fix;

import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.git.side.SideTree;
import dev.skein.kernel.Ids;
import dev.skein.kernel.LockFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where one run of fixes has its work tree. Its lock is held as long as its process lives, so that what a killed one
 * left can be told from what is in use.
 */
final class FixFolder implements AutoCloseable {
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final String LOCK = "lock";
    private static final String ADMINISTRATION = "administration";
    private static final String TREE = "tree";
    private static final int NAME_BYTES = 6;
    private static final int TRIES = 10;

    private final Path directory;
    private final LockFile lock;

    private FixFolder(Path directory, LockFile lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** The folder of all runs of a user. */
    static Path base(Map<String, String> environment) {
        var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        var state = environment.getOrDefault("XDG_STATE_HOME", "");
        return (state.isEmpty() ? Path.of(home, ".local/state") : Path.of(state))
                .resolve("skein/fix")
                .toAbsolutePath();
    }

    static FixFolder make(Path base) {
        try {
            var trees = Files.createDirectories(base.resolve("trees"), PRIVATE);
            for (int i = 0; i < TRIES; i++) {
                var made = tryMake(trees.resolve("skein-fix-" + Ids.hex(NAME_BYTES)));
                if (made != null) {
                    return made;
                }
            }
            throw new IOException("no name is free in " + trees);
        } catch (IOException e) {
            throw Failure.of(ExitCode.FAILED, "no folder for the work tree can be made in " + base)
                    .because(e.toString());
        }
    }

    private static @Nullable FixFolder tryMake(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, PRIVATE);
        } catch (FileAlreadyExistsException taken) {
            return null;
        }
        var lock = LockFile.take(directory.resolve(LOCK));
        if (lock == null || !Files.exists(directory.resolve(LOCK))) { // somebody took it for a left one
            return null;
        }
        Files.createDirectory(directory.resolve(TREE));
        return new FixFolder(directory, lock);
    }

    /**
     * Removes what killed runs left.
     *
     * @param end has the jobs of a folder of this name end, as they may still work there
     * @return the folders that were removed
     */
    static List<Path> sweep(Path base, Consumer<String> end) throws IOException {
        var trees = base.resolve("trees");
        var left = new ArrayList<Path>();
        if (!Files.isDirectory(trees)) {
            return left;
        }
        try (var all = Files.newDirectoryStream(trees, "skein-fix-*")) {
            for (var directory : all) {
                if (sweepOne(directory, end)) {
                    left.add(directory);
                }
            }
        }
        return left;
    }

    private static boolean sweepOne(Path directory, Consumer<String> end) throws IOException {
        var lock =
                Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS) ? LockFile.take(directory.resolve(LOCK)) : null;
        if (lock == null) {
            return false;
        }
        try (var swept = new FixFolder(directory, lock)) {
            end.accept(swept.name());
        }
        return true;
    }

    String name() {
        return String.valueOf(directory.getFileName());
    }

    Path tree() {
        return directory.resolve(TREE);
    }

    Path directory() {
        return directory;
    }

    /** Notes where git knows the work tree by, before it does. */
    void administered(Path by) {
        try {
            Files.writeString(directory.resolve(ADMINISTRATION), by.toString());
        } catch (IOException e) {
            throw Failure.of(ExitCode.FAILED, "the folder of the work tree cannot be written")
                    .because(e.toString());
        }
    }

    private @Nullable String administration() throws IOException {
        var file = directory.resolve(ADMINISTRATION);
        var text = Files.isRegularFile(file) ? Files.readString(file).strip() : "";
        return text.isEmpty() ? null : text;
    }

    /** Removes everything. */
    @Override
    public void close() throws IOException {
        try (lock) {
            var administration = administration();
            var of = administration == null ? directory.resolve(ADMINISTRATION) : Path.of(administration);
            boolean isOwn = of.endsWith(name());
            SideTree.remove(tree(), isOwn ? of : directory.resolve(ADMINISTRATION));
            SideTree.remove(directory, directory.resolve(ADMINISTRATION));
        }
    }
}
