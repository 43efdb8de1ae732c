package dev.skein.git;

import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.List;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.jspecify.annotations.Nullable;

/** What went wrong with a copy, in words that say what would be right. */
final class Trouble {
    private static final String FULL = "No space left on device";
    private static final List<String> ASKED = List.of("uthenticat", "not authorized", "not permitted");

    private final Source source;
    private final boolean hasToken;

    Trouble(Source source, boolean hasToken) {
        this.source = source;
        this.hasToken = hasToken;
    }

    Problem of(Exception cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            var known = known(at);
            if (known != null) {
                return known;
            }
        }
        return unreachable("git_failed", "%s cannot be copied: %s".formatted(source.url(), cause.getMessage()));
    }

    private @Nullable Problem known(Throwable at) {
        if (at instanceof UnknownHostException) {
            return unreachable("git_unreachable", "git: there is no host of that name: " + source.url());
        }
        if (at instanceof ConnectException || at instanceof NoRouteToHostException) {
            return unreachable("git_unreachable", "git: nobody answers at " + source.url());
        }
        if (at instanceof SocketTimeoutException) {
            return unreachable("git_unreachable", "git: %s is silent for too long".formatted(source.url()));
        }
        if (at instanceof SSLException) {
            return unreachable(
                    "git_unreachable", "git: %s is not believed: %s".formatted(source.url(), at.getMessage()));
        }
        if (at instanceof NoRemoteRepositoryException) {
            return Problem.notFound("git_not_found", "git: there is no repository at " + source.url());
        }
        return local(at);
    }

    private @Nullable Problem local(Throwable at) {
        var message = at.getMessage() == null ? "" : at.getMessage();
        if (message.contains(FULL)) {
            return new Problem(
                    Kind.STORAGE_FULL,
                    "git_disk_full",
                    "the disk of the node is full; free some and add or refresh again",
                    List.of());
        }
        if (at instanceof FileSystemException) {
            return new Problem(Kind.INTERNAL, "git_failed", "the node cannot write the copy: " + message, List.of());
        }
        boolean isAsked = at instanceof IOException && ASKED.stream().anyMatch(message::contains);
        return isAsked ? new Problem(Kind.FORBIDDEN, "git_token_needed", tokenNeeded(), List.of()) : null;
    }

    private String tokenNeeded() {
        if (!source.isSealed()) {
            return "git: %s asks who is there, and a token is sent by https alone".formatted(source.url());
        }
        return hasToken
                ? "git: the token of git.token may not read %s, or there is no such repository".formatted(source.url())
                : "git: %s asks who is there: set git.token or git.token-file of this node to a token that may read it"
                        .formatted(source.url());
    }

    private static Problem unreachable(String code, String message) {
        return new Problem(Kind.UNREACHABLE, code, message, List.of());
    }
}
