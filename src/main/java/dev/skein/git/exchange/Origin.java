package dev.skein.git.exchange;

import dev.skein.git.Isolated;
import dev.skein.kernel.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Where a clone comes from. Reads its settings and changes nothing.
 *
 * @param branch of the remote that the clone's branch follows
 * @param commit that the clone is at; empty when it is at none
 */
public record Origin(String url, String branch, String commit) {
    /** Its URL for people, without credentials. */
    public String shown() {
        return Remote.shown(url);
    }

    /**
     * The origin of the clone around a directory.
     *
     * @param remote its name, or a URL
     * @param branch null: the one that is checked out
     * @throws Problem INVALID {@code no_clone}, {@code no_remote} or {@code no_branch}
     */
    public static Origin of(Path directory, String remote, @Nullable String branch) {
        if (branch != null && !Repository.isValidRefName(Constants.R_HEADS + branch)) {
            throw refused("no_branch", "'" + branch + "' is no name of a branch");
        }
        Isolated.fileSystem();
        var builder = new FileRepositoryBuilder()
                .findGitDir(directory.toAbsolutePath().toFile());
        if (builder.getGitDir() == null) {
            return elsewhere(directory, remote, branch);
        }
        try (var repository = builder.setMustExist(true).build()) {
            var url = repository.getConfig().getString("remote", remote, "url");
            if (url == null && !isUrl(remote)) {
                throw refused("no_remote", "%s has no remote %s; name one by --remote".formatted(directory, remote));
            }
            var head = repository.resolve(Constants.HEAD);
            return new Origin(
                    absolute(repository, url == null ? remote : url),
                    branch == null ? followed(repository) : branch,
                    head == null ? "" : head.name());
        } catch (IOException e) {
            throw refused("no_clone", "%s cannot be read as a clone: %s".formatted(directory, e.getMessage()));
        }
    }

    private static Origin elsewhere(Path directory, String remote, @Nullable String branch) {
        if (!isUrl(remote)) {
            throw refused("no_clone", directory + " is in no clone of a git repository; name one by --repo");
        }
        if (branch == null) {
            throw refused("no_branch", "without a clone the branch must be named by --branch");
        }
        return new Origin(remote, branch, "");
    }

    private static Problem refused(String code, String message) {
        return new Problem(Problem.Kind.INVALID, code, message, List.of());
    }

    private static boolean isUrl(String remote) {
        return remote.contains("/") || remote.contains(":");
    }

    private static String absolute(Repository repository, String url) {
        boolean isRelative = url.startsWith("./") || url.startsWith("../");
        return isRelative
                ? repository.getWorkTree().toPath().resolve(url).normalize().toString()
                : url;
    }

    private static String followed(Repository repository) throws IOException {
        var own = repository.getBranch();
        var full = repository.getFullBranch();
        if (own == null || full == null || !full.startsWith(Constants.R_HEADS)) {
            throw refused("no_branch", "the clone is on no branch; name one by --branch");
        }
        var followed = repository.getConfig().getString("branch", own, "merge");
        return followed == null ? own : Repository.shortenRefName(followed);
    }
}
