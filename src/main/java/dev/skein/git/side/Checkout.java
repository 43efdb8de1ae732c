package dev.skein.git.side;

import dev.skein.git.WorkTree;
import dev.skein.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** The git checkout that somebody works in. Only read. Blocks; not thread-safe. */
public final class Checkout implements AutoCloseable {
    private static final int BRANCH_MAX = 200;

    private final Path top;
    private final String below;
    private final Repository repository;
    private final RevCommit base;

    private Checkout(Path top, String below, Repository repository, RevCommit base) {
        this.top = top;
        this.below = below;
        this.repository = repository;
        this.base = base;
    }

    /**
     * The one around a directory.
     *
     * @throws Problem INVALID {@code not_a_repository}, CONFLICT {@code no_commits}, INVALID {@code
     *     repository_unreadable}
     */
    public static Checkout around(Path directory) {
        try {
            var real = directory.toRealPath();
            var top = WorkTree.around(real)
                    .orElseThrow(() -> new Problem(
                            Problem.Kind.INVALID, "not_a_repository", real + " is in no git repository", List.of()))
                    .top();
            return open(top, top.relativize(real).toString());
        } catch (IOException | RuntimeException e) {
            throw e instanceof Problem problem ? problem : unreadable(directory, e);
        }
    }

    static Problem unreadable(Path directory, Exception e) {
        var message = "the git repository of %s cannot be used: %s".formatted(directory, e.getMessage());
        return new Problem(Problem.Kind.INVALID, "repository_unreadable", message, List.of());
    }

    private static Checkout open(Path top, String below) throws IOException {
        var repository = new FileRepositoryBuilder()
                .setMustExist(true)
                .findGitDir(top.toFile())
                .build();
        try (var walk = new RevWalk(repository)) {
            var head = repository.resolve(Constants.HEAD);
            if (head == null) {
                throw Problem.conflict("no_commits", top + " has no commit yet");
            }
            var base = walk.parseCommit(head);
            walk.parseTree(base.getTree());
            return new Checkout(top, below, repository, base);
        } catch (IOException | RuntimeException e) {
            repository.close();
            throw e;
        }
    }

    public Path top() {
        return top;
    }

    /** Where the directory is below the top, with {@code /}; empty at the top itself. */
    public String below() {
        return below;
    }

    /** Whole name of the last commit. */
    public String base() {
        return base.name();
    }

    /** The branch that is checked out; the beginning of the commit's name where none is. */
    public String branch() throws IOException {
        var full = repository.getFullBranch();
        return full != null && full.startsWith(Constants.R_HEADS)
                ? full.substring(Constants.R_HEADS.length())
                : base.abbreviate(12).name();
    }

    RevCommit commit() {
        return base;
    }

    Repository repository() {
        return repository;
    }

    /** Where a work tree of this name is administered. */
    public Path administration(String name) {
        return repository
                .getCommonDirectory()
                .toPath()
                .toAbsolutePath()
                .normalize()
                .resolve("worktrees")
                .resolve(name);
    }

    /**
     * Whether a branch may be made under this name.
     *
     * @throws Problem INVALID {@code invalid_branch}, CONFLICT {@code branch_exists}
     */
    public void requireFree(String name) throws IOException {
        var full = Constants.R_HEADS + name;
        if (name.length() > BRANCH_MAX || name.startsWith("-") || !Repository.isValidRefName(full)) {
            throw new Problem(Problem.Kind.INVALID, "invalid_branch", name + " is no name of a branch", List.of());
        }
        if (isTaken(name)) {
            throw Problem.conflict("branch_exists", "there is a branch " + name + ", or one that needs its name");
        }
    }

    public boolean isTaken(String name) throws IOException {
        var full = Constants.R_HEADS + name;
        return repository.exactRef(full) != null || repository.getRefDatabase().isNameConflicting(full);
    }

    /** Whether what is tracked differs from the last commit, staged or not. Reads files whose times have changed. */
    public boolean isDirty() throws IOException {
        var index = repository.readDirCache();
        try (var staged = new TreeWalk(repository)) {
            staged.setRecursive(true);
            staged.addTree(base.getTree());
            staged.addTree(new DirCacheIterator(index));
            staged.setFilter(TreeFilter.ANY_DIFF);
            return staged.next() || hasChangedFile(index);
        }
    }

    private boolean hasChangedFile(DirCache index) throws IOException {
        try (var hash = new ObjectInserter.Formatter()) {
            for (int i = 0; i < index.getEntryCount(); i++) {
                if (isChanged(index.getEntry(i), hash)) {
                    return true;
                }
            }
            return false;
        }
    }

    private boolean isChanged(DirCacheEntry entry, ObjectInserter hash) throws IOException {
        if (FileMode.GITLINK.equals(entry.getRawMode()) || entry.isSkipWorkTree()) {
            return false;
        }
        var file = top.resolve(entry.getPathString());
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        boolean isLink = FileMode.SYMLINK.equals(entry.getRawMode());
        if (isLink || Files.isSymbolicLink(file) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return isLink != Files.isSymbolicLink(file);
        }
        long size = Files.size(file);
        var time = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
        if (size == entry.getLength() && time.equals(entry.getLastModifiedInstant())) {
            return false;
        }
        try (var content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return !hash.idFor(Constants.OBJ_BLOB, size, content).equals(entry.getObjectId());
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
