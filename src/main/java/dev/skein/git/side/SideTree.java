package dev.skein.git.side;

import dev.skein.git.side.Laid.Stamp;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate.Result;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * The last commit of a checkout in a work tree of its own, to which commits are added on a branch. HEAD of the work
 * tree is no branch, so that the branch can be checked out elsewhere meanwhile. Blocks; not thread-safe.
 */
public final class SideTree implements AutoCloseable {
    private static final String AUTHOR = "Skein";
    private static final String ADDRESS = "skein@localhost";
    private static final String GIT = ".git";
    private static final Stamp NO_FILE = new Stamp(0, Instant.EPOCH, false);

    private final Path top;
    private final Path administration;
    private final String branch;
    private final InstantSource clock;
    private final Repository repository;
    private final TreeMap<String, Tracked> tracked = new TreeMap<>(); // as of the last commit that was kept
    private final List<DirCacheEntry> hidden = new ArrayList<>(); // without a name that a file here could have
    private ObjectId head;
    private boolean isBegun; // whether the branch is there

    /**
     * One file of the last commit that was kept.
     *
     * @param raw bytes of its path as characters: they need not be UTF-8, and commits keep them
     */
    private record Tracked(String raw, ObjectId content, FileMode mode, Stamp stamp) {}

    private SideTree(Path top, Path administration, String branch, Repository repository, Start start) {
        this.top = top;
        this.administration = administration;
        this.branch = branch;
        this.repository = repository;
        this.head = start.head;
        this.clock = start.clock;
    }

    private record Start(ObjectId head, InstantSource clock) {}

    /**
     * What it is called.
     *
     * @param tree its own in the repository
     * @param branch that commits go to; made with the first
     */
    public record Names(String tree, String branch) {}

    /**
     * Lays one out.
     *
     * @param at an empty directory
     * @throws Problem INVALID {@code repository_unreadable}
     */
    public static SideTree lay(Checkout checkout, Path at, Names names, InstantSource clock) {
        var administration = checkout.administration(names.tree);
        try {
            var top = at.toRealPath();
            Files.writeString(top.resolve(GIT), "gitdir: " + administration + "\n");
            Files.createDirectories(administration);
            Files.writeString(administration.resolve("gitdir"), top.resolve(GIT) + "\n");
            Files.writeString(administration.resolve("commondir"), "../..\n");
            Files.writeString(administration.resolve("HEAD"), checkout.base() + "\n");
            var repository = new FileRepositoryBuilder()
                    .setGitDir(administration.toFile())
                    .setWorkTree(top.toFile())
                    .setMustExist(true)
                    .build();
            var start = new Start(checkout.commit(), clock);
            var made = new SideTree(top, administration, names.branch, repository, start);
            made.layAll(checkout);
            return made;
        } catch (IOException | RuntimeException e) {
            throw e instanceof Problem problem ? problem : Checkout.unreadable(checkout.top(), e);
        }
    }

    private void layAll(Checkout checkout) throws IOException {
        try (var walk = new TreeWalk(repository)) {
            walk.setRecursive(true);
            walk.addTree(checkout.commit().getTree());
            while (walk.next()) {
                var entry = new DirCacheEntry(walk.getRawPath()); // refuses what leads out of the tree or into .git
                entry.setFileMode(walk.getFileMode(0));
                entry.setObjectId(walk.getObjectId(0));
                var path = entry.getPathString();
                if (tracked.containsKey(path) || !Laid.isName(path)) {
                    hidden.add(entry);
                } else {
                    var raw = new String(walk.getRawPath(), StandardCharsets.ISO_8859_1);
                    tracked.put(path, lay(path, new Tracked(raw, entry.getObjectId(), entry.getFileMode(), NO_FILE)));
                }
            }
        }
        writeIndex();
    }

    private Tracked lay(String path, Tracked as) throws IOException {
        if (FileMode.GITLINK.equals(as.mode)) {
            Laid.directory(top, path);
            return as;
        }
        var content = repository.open(as.content).getBytes();
        return new Tracked(as.raw, as.content, as.mode, Laid.write(top, path, as.mode, content));
    }

    private void writeIndex() throws IOException {
        var index = DirCache.lock(administration.resolve("index").toFile(), repository.getFS());
        try {
            var builder = index.builder();
            fill(builder);
            builder.finish();
            index.write();
            if (!index.commit()) {
                throw new IOException("the index of the work tree could not be put in its place");
            }
        } finally {
            index.unlock();
        }
    }

    private void fill(DirCacheBuilder builder) {
        hidden.forEach(builder::add);
        tracked.values().forEach(each -> {
            var entry = new DirCacheEntry(each.raw.getBytes(StandardCharsets.ISO_8859_1));
            entry.setFileMode(each.mode);
            entry.setObjectId(each.content);
            entry.setLength(each.stamp.size());
            entry.setLastModified(each.stamp.modified());
            builder.add(entry);
        });
    }

    /** The directory of the work tree. */
    public Path top() {
        return top;
    }

    /** Whole name of the last commit that was kept. */
    public String head() {
        return head.name();
    }

    /** The names at a directory of the last commit that was kept. */
    public Set<String> names(String directory) {
        var prefix = directory.isEmpty() ? "" : directory + "/";
        var names = new TreeSet<String>();
        tracked.tailMap(prefix).forEach((path, each) -> {
            if (path.startsWith(prefix)) {
                names.add(path.substring(prefix.length()).replaceFirst("/.*", ""));
            }
        });
        return names;
    }

    /**
     * A file as the last commit that was kept has it; none when it has none, or something else there.
     *
     * @throws Problem TOO_LARGE
     */
    public Optional<byte[]> read(String path, int bytesMax) throws IOException {
        var found = tracked.get(path);
        if (found == null || !isFile(found.mode)) {
            return Optional.empty();
        }
        var content = repository.open(found.content, Constants.OBJ_BLOB);
        if (content.getSize() > bytesMax) {
            throw new Problem(Problem.Kind.TOO_LARGE, path + " has more than " + bytesMax + " bytes");
        }
        return Optional.of(content.getBytes());
    }

    private static boolean isFile(FileMode mode) {
        return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
    }

    /** Gives a tracked file other content, which is forgotten by {@link #restore}. */
    public void change(String path, byte[] content) throws IOException {
        Laid.write(top, path, require(path).mode, content);
    }

    private Tracked require(String path) {
        var found = tracked.get(path);
        if (found == null) {
            throw new IllegalArgumentException("not tracked: " + path);
        }
        return found;
    }

    /**
     * Makes a commit of one file's new content alone, whatever else has changed in the work tree, and has the branch
     * point to it.
     *
     * @throws Problem CONFLICT {@code branch_moved} when somebody else has moved the branch
     */
    public String keep(String path, byte[] content, String message) throws IOException {
        var before = require(path);
        try (var objects = repository.newObjectInserter()) {
            var blob = objects.insert(Constants.OBJ_BLOB, content);
            var stamp = Laid.write(top, path, before.mode, content);
            tracked.put(path, new Tracked(before.raw, blob, before.mode, stamp));
            var index = DirCache.newInCore();
            var builder = index.builder();
            fill(builder);
            builder.finish();
            var commit = commit(index.writeTree(objects), message);
            var id = objects.insert(commit);
            objects.flush();
            move(id);
            head = id;
        } catch (IOException | RuntimeException failed) {
            tracked.put(path, before);
            throw failed;
        }
        writeIndex();
        Files.writeString(administration.resolve(Constants.HEAD), head.name() + "\n");
        return head.name();
    }

    private CommitBuilder commit(ObjectId tree, String message) {
        var who = new PersonIdent(AUTHOR, ADDRESS, clock.instant(), ZoneOffset.UTC);
        var commit = new CommitBuilder();
        commit.setTreeId(tree);
        commit.setParentId(head);
        commit.setAuthor(who);
        commit.setCommitter(who);
        commit.setMessage(message);
        return commit;
    }

    private void move(ObjectId to) throws IOException {
        var update = repository.updateRef(Constants.R_HEADS + branch);
        update.setExpectedOldObjectId(isBegun ? head : ObjectId.zeroId());
        update.setNewObjectId(to);
        update.setRefLogIdent(new PersonIdent(AUTHOR, ADDRESS, clock.instant(), ZoneOffset.UTC));
        update.setRefLogMessage("skein review fix", false);
        var result = update.update();
        if (result != Result.NEW && result != Result.FAST_FORWARD) {
            throw Problem.conflict("branch_moved", "the branch " + branch + " was changed by somebody else: " + result);
        }
        isBegun = true;
    }

    /** Makes all files as the last commit that was kept has them; what its rules ignore stays. */
    public void restore() throws IOException {
        var pointer = ("gitdir: " + administration + "\n").getBytes(StandardCharsets.UTF_8);
        Laid.write(top, GIT, FileMode.REGULAR_FILE, pointer);
        removeUntracked();
        for (var each : tracked.entrySet()) {
            if (!isAsLaid(each.getKey(), each.getValue())) {
                each.setValue(lay(each.getKey(), each.getValue()));
            }
        }
        writeIndex();
        Files.writeString(administration.resolve(Constants.HEAD), head.name() + "\n");
    }

    private boolean isAsLaid(String path, Tracked as) {
        try {
            var now = Stamp.of(top.resolve(path));
            return FileMode.GITLINK.equals(as.mode) || now.equals(as.stamp);
        } catch (IOException gone) {
            return false;
        }
    }

    private void removeUntracked() throws IOException {
        try (var walk = new TreeWalk(repository)) {
            walk.addTree(new FileTreeIterator(repository));
            while (walk.next()) {
                var path = walk.getPathString();
                var found = walk.getTree(0, FileTreeIterator.class);
                boolean isBranch = isAbove(path);
                if (isBranch && walk.isSubtree()) {
                    walk.enterSubtree();
                } else if (!isBranch && !tracked.containsKey(path) && !found.isEntryIgnored()) {
                    Trees.delete(top.resolve(path));
                }
            }
        }
    }

    private boolean isAbove(String path) {
        var next = tracked.ceilingKey(path + "/");
        return next != null && next.startsWith(path + "/");
    }

    /** Removes the work tree; the branch stays. */
    @Override
    public void close() throws IOException {
        repository.close();
        remove(top, administration);
    }

    /** Removes what is left of a work tree whose process ended without doing so. */
    public static void remove(Path top, Path administration) throws IOException {
        var all = administration.getParent();
        if (all != null && all.endsWith("worktrees") && Files.isRegularFile(administration.resolve("commondir"))) {
            Trees.delete(administration);
            removeEmpty(all);
        }
        Trees.delete(top);
    }

    /** As git does when it was the last. */
    private static void removeEmpty(Path directory) throws IOException {
        boolean isEmpty;
        try (var others = Files.list(directory)) {
            isEmpty = others.findAny().isEmpty();
        }
        if (isEmpty) {
            Trees.delete(directory);
        }
    }
}
