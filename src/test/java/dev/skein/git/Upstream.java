package dev.skein.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.ResetCommand.ResetType;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.transport.RefSpec;

/** A bare repository on this machine, and a work tree that pushes to it. */
public final class Upstream implements AutoCloseable {
    public final Path bare;
    private final Path work;
    private final Git git;

    public Upstream(Path directory) throws IOException, GitAPIException {
        Isolated.fileSystem();
        bare = Files.createDirectories(directory.resolve("bare.git"));
        work = Files.createDirectories(directory.resolve("work"));
        Git.init()
                .setBare(true)
                .setInitialBranch("main")
                .setDirectory(bare.toFile())
                .call()
                .close();
        git = Git.init().setInitialBranch("main").setDirectory(work.toFile()).call();
        StoredConfig config = git.getRepository().getConfig();
        config.setBoolean("commit", null, "gpgsign", false);
        config.save();
    }

    public String url() {
        return "file://" + bare;
    }

    /** Commits a file and pushes it; gives the commit's name. */
    public String commit(String path, String text) throws IOException, GitAPIException {
        var file = work.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return push();
    }

    public String delete(String path) throws IOException, GitAPIException {
        Files.delete(work.resolve(path));
        git.rm().addFilepattern(path).call();
        return push();
    }

    /** Takes over what others have pushed. */
    public void pull() throws GitAPIException {
        git.fetch()
                .setRemote(url())
                .setRefSpecs(new RefSpec("+refs/heads/main:refs/up/main"))
                .call();
        git.reset().setMode(ResetType.HARD).setRef("refs/up/main").call();
    }

    public Path work() {
        return work;
    }

    public String push() throws GitAPIException {
        git.add().addFilepattern(".").call();
        var commit = git.commit()
                .setAuthor("ann", "ann@example.org")
                .setCommitter("ann", "ann@example.org")
                .setMessage("Change")
                .call();
        git.push()
                .setRemote(url())
                .setRefSpecs(new RefSpec("+refs/heads/*:refs/heads/*"))
                .setPushTags()
                .call();
        return commit.name();
    }

    public void tag(String name) throws GitAPIException {
        git.tag()
                .setName(name)
                .setTagger(new PersonIdent("ann", "ann@example.org"))
                .call();
        git.push().setRemote(url()).setPushTags().call();
    }

    @Override
    public void close() {
        git.close();
    }
}
