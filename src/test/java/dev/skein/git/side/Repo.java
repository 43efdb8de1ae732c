package dev.skein.git.side;

import dev.skein.git.WorkTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/** A git repository with a checkout that somebody works in. */
public final class Repo implements AutoCloseable {
    private static final List<String> GROWS =
            List.of(".git/objects/", ".git/refs/heads/skein", ".git/logs/refs/heads/skein");

    public final Path top;
    private final Git git;

    public Repo(Path directory) throws IOException, GitAPIException {
        WorkTree.around(directory); // keeps JGit from the settings of whoever runs this
        top = Files.createDirectories(directory).toRealPath();
        git = Git.init().setInitialBranch("main").setDirectory(top.toFile()).call();
        var config = git.getRepository().getConfig();
        config.setBoolean("commit", null, "gpgsign", false);
        config.save();
    }

    public Path write(String path, String text) throws IOException {
        var file = top.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    public void stage(String path) throws GitAPIException {
        git.add().addFilepattern(path).call();
    }

    public String commit() throws GitAPIException {
        stage(".");
        return git.commit()
                .setAuthor("ann", "ann@example.org")
                .setCommitter("ann", "ann@example.org")
                .setMessage("Change")
                .call()
                .name();
    }

    /** A commit with one more file at the top, which is not in the work tree. */
    public void commitRaw(byte[] name) throws IOException {
        var repository = git.getRepository();
        try (var inserter = repository.newObjectInserter();
                var walk = new TreeWalk(repository)) {
            var head = repository.parseCommit(repository.resolve("HEAD"));
            var index = DirCache.newInCore();
            var builder = index.builder();
            builder.addTree(new byte[0], 0, walk.getObjectReader(), head.getTree());
            var entry = new DirCacheEntry(name);
            entry.setFileMode(FileMode.REGULAR_FILE);
            entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, name));
            builder.add(entry);
            builder.finish();
            var commit = new CommitBuilder();
            commit.setTreeId(index.writeTree(inserter));
            commit.setParentId(head);
            commit.setAuthor(head.getAuthorIdent());
            commit.setCommitter(head.getAuthorIdent());
            var id = inserter.insert(commit);
            inserter.flush();
            var update = repository.updateRef("HEAD");
            update.setNewObjectId(id);
            update.update();
        }
    }

    /** The entries at the top of a branch, each as {@code mode content name}, the bytes of names as characters. */
    public List<String> entries(String branch) throws IOException {
        var repository = git.getRepository();
        var entries = new ArrayList<String>();
        try (var walk = new TreeWalk(repository)) {
            walk.addTree(repository
                    .parseCommit(repository.resolve("refs/heads/" + branch))
                    .getTree());
            while (walk.next()) {
                var name = new String(walk.getRawPath(), StandardCharsets.ISO_8859_1);
                entries.add("%s %s %s"
                        .formatted(walk.getFileMode(0), walk.getObjectId(0).name(), name));
            }
        }
        return entries;
    }

    public void detach() throws GitAPIException, IOException {
        git.checkout().setName(git.getRepository().resolve("HEAD").name()).call();
    }

    public void branch(String name) throws GitAPIException {
        git.branchCreate().setName(name).call();
    }

    public boolean has(String branch) throws IOException {
        return git.getRepository().exactRef("refs/heads/" + branch) != null;
    }

    /** Commits of a branch that HEAD has not, the newest first. */
    public List<RevCommit> beyondHead(String branch) throws IOException, GitAPIException {
        var repository = git.getRepository();
        var commits = git.log()
                .add(repository.resolve("refs/heads/" + branch))
                .not(repository.resolve("HEAD"))
                .call();
        return StreamSupport.stream(commits.spliterator(), false).toList();
    }

    /** A file as a branch has it. */
    public String at(String branch, String path) throws IOException {
        Repository repository = git.getRepository();
        var commit = repository.parseCommit(repository.resolve("refs/heads/" + branch));
        try (var walk = TreeWalk.forPath(repository, path, commit.getTree())) {
            return new String(repository.open(walk.getObjectId(0)).getBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Every file with its time and content, but for what grows when a branch does. */
    public Map<String, String> everything() throws IOException {
        var all = new TreeMap<String, String>();
        try (var files = Files.walk(top)) {
            for (var file : files.toList()) {
                var path = top.relativize(file).toString();
                if (GROWS.stream().noneMatch(path::startsWith)
                        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    var content = Files.readString(file, StandardCharsets.ISO_8859_1);
                    all.put(path, Files.getLastModifiedTime(file) + " " + content);
                }
            }
        }
        return all;
    }

    @Override
    public void close() {
        git.close();
    }
}
