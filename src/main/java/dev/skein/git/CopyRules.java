package dev.skein.git;

import dev.skein.config.Secret;
import java.io.IOException;
import org.eclipse.jgit.dircache.DirCacheCheckout;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/** What all copies of repositories have in common. Blocks. */
public final class CopyRules {
    /** How long a server may say nothing. */
    public static final int SILENCE_SECONDS = 30;

    private static final String USER = "x-access-token"; // where a token is the password, the name does not matter

    private CopyRules() {}

    /**
     * Notes in the settings of a copy that no redirect is followed, that links become files with where they point to,
     * and that contents are left as they are; saving them is the caller's.
     */
    public static void note(Config own) {
        own.setString("http", null, "followRedirects", "false");
        own.setBoolean("core", null, "symlinks", false);
        own.setBoolean("core", null, "fileMode", false);
        own.setBoolean("core", null, "autocrlf", false);
    }

    /** How this token is shown to a server; whether it may be is for the caller to decide. */
    public static CredentialsProvider credentials(Secret token) {
        return new UsernamePasswordCredentialsProvider(USER, token.reveal());
    }

    /**
     * Makes the files of a copy those of a commit, whatever stands in the way, and notes the commit as its head. What
     * the monitor calls off fails, and leaves the head as it was.
     */
    public static void checkOut(Repository repository, RevWalk walk, RevCommit wanted, ProgressMonitor monitor)
            throws IOException {
        var before = repository.resolve(Constants.HEAD);
        var checkout = new DirCacheCheckout(
                repository,
                before == null ? null : walk.parseCommit(before).getTree(),
                repository.lockDirCache(),
                wanted.getTree());
        checkout.setFailOnConflict(false);
        checkout.setProgressMonitor(monitor);
        checkout.checkout();
        if (monitor.isCancelled()) {
            throw new IOException("called off");
        }
        var head = repository.updateRef(Constants.HEAD, true);
        head.setNewObjectId(wanted);
        head.forceUpdate();
    }
}
