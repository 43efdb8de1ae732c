package dev.skein.router.review.copy;

import dev.skein.git.Clones.Head;
import dev.skein.router.repository.Folder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The folder of copies. A whole one is called by its repository and its commit, so that the same asked for twice is in
 * the same place; what begins with a dot is being made or deleted. Blocks, but for holding; thread-safe.
 */
final class Shed {
    private static final String PARTIAL = ".partial";
    private static final Pattern NAME = Pattern.compile("([^/]+?)(?:\\.git)?/*$");
    private static final Pattern UNUSUAL = Pattern.compile("[^A-Za-z0-9_-]+");
    private static final int NAME_MAX = 64;
    private static final int COMMIT_SHOWN = 16;

    private final Folder folder;
    private final Map<Path, Integer> held = new HashMap<>(); // guarded by this, as is the rest
    private final Map<Path, Long> given = new HashMap<>(); // when it was let go of, as events are counted
    private long events;

    Shed(Folder folder) {
        this.folder = folder;
    }

    /** @param isNew false where the same was already */
    record Put(Copied copied, boolean isNew) {}

    /** Where one can be made. */
    Path partial() {
        return folder.fresh(PARTIAL);
    }

    /** Puts one that was made in its place, and holds it. */
    Put put(Path partial, Head head) throws IOException {
        var name = nameOf(head.source().url());
        var root = partial.resolveSibling(folderName(name) + "-" + head.commit().substring(0, COMMIT_SHOWN));
        boolean isNew = moved(partial, root);
        if (!isNew) {
            folder.delete(partial);
        }
        return new Put(new Copied(root, name, head.commit()), isNew);
    }

    /** False where the same is already. */
    private synchronized boolean moved(Path partial, Path root) throws IOException {
        boolean isNew = true;
        try {
            Files.move(partial, root, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(root)) {
                throw e;
            }
            isNew = false;
        }
        hold(root);
        return isNew;
    }

    static String nameOf(String url) {
        var found = NAME.matcher(url);
        return found.find() ? found.group(1) : url;
    }

    private static String folderName(String name) {
        var usual = UNUSUAL.matcher(name).replaceAll("-");
        return usual.substring(0, Math.min(NAME_MAX, usual.length()));
    }

    synchronized void hold(Path root) {
        held.merge(root, 1, Integer::sum);
    }

    synchronized boolean isHeld(Path root) {
        return held.containsKey(root);
    }

    /** Nothing where nobody has it. */
    synchronized void letGo(Path root) {
        int times = held.getOrDefault(root, 0);
        if (times > 1) {
            held.put(root, times - 1);
        } else if (times == 1) {
            held.remove(root);
            given.put(root, ++events);
        }
    }

    /** Whole ones. */
    List<Path> whole() throws IOException {
        return folder.all().stream().filter(copy -> !isPartial(copy)).toList();
    }

    private static boolean isPartial(Path copy) {
        return copy.getFileName().toString().startsWith(".");
    }

    /** Now, as events are counted. */
    synchronized long now() {
        return events;
    }

    /**
     * Deletes one unless somebody has it, or let go of it lately.
     *
     * @param asked when it was asked who needs it: who let go of it later may have begun a run meanwhile
     */
    void clear(Path root, long asked) throws IOException {
        var gone = partial();
        if (left(root, gone, asked)) {
            folder.delete(gone);
        }
    }

    private synchronized boolean left(Path root, Path gone, long asked) throws IOException {
        if (held.containsKey(root) || given.getOrDefault(root, 0L) > asked) {
            return false;
        }
        given.remove(root);
        Files.move(root, gone, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    void discard(Path partial) throws IOException {
        folder.delete(partial);
    }

    /** Deletes what was begun and not ended, but for what is being made now. */
    void tidy(Set<Path> making) throws IOException {
        for (var copy : folder.all()) {
            if (isPartial(copy) && !making.contains(copy)) {
                folder.delete(copy);
            }
        }
    }
}
