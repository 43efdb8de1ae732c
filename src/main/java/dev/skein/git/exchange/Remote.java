package dev.skein.git.exchange;

import dev.skein.git.CopyRules;
import dev.skein.git.exchange.Mirror.Source;
import dev.skein.kernel.Problem;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;

/** How a remote is reached, and what its errors mean. */
final class Remote {
    private static final String RECEIVE = "git  receive-pack"; // two blanks: as one word it would not be the program
    private static final Set<String> SCHEMES = Set.of("file", "http", "https", "git", "ssh");
    private static final Pattern FORBIDDEN = Pattern.compile(
            "not authorized|not permitted|authentication|forbidden|permission denied|read-only|not allowed",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MISSING = Pattern.compile(
            "does not have .* available|remote end .* no refs|Nothing to fetch", Pattern.CASE_INSENSITIVE);

    private final Source source;
    private final URIish uri;

    Remote(Source source) throws URISyntaxException {
        this.source = source;
        this.uri = new URIish(source.url());
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean isKnown = scheme.isEmpty() || SCHEMES.contains(scheme);
        if (!isKnown || !Repository.isValidRefName(source.branchRef())) {
            throw new URISyntaxException(source.url(), "unknown");
        }
    }

    /** A URL as it may be told: without who asks, which is a secret where it is a token. */
    static String shown(String url) {
        try {
            return new URIish(url).setUser(null).setPass(null).toString();
        } catch (URISyntaxException e) {
            return "the URL";
        }
    }

    Source source() {
        return source;
    }

    Transport open(Repository repository) throws NotSupportedException, TransportException {
        var transport = Transport.open(repository, uri);
        transport.setTimeout(CopyRules.SILENCE_SECONDS);
        if (transport instanceof SshTransport ssh) {
            ssh.setSshSessionFactory(new OpenSsh());
        }
        if (!uri.isRemote() && hasGit()) {
            transport.setOptionReceivePack(RECEIVE);
        }
        var token = source.token();
        if (token != null && "https".equalsIgnoreCase(uri.getScheme())) {
            transport.setCredentialsProvider(CopyRules.credentials(token));
        }
        return transport;
    }

    private static boolean hasGit() {
        for (var directory : List.of("/usr/bin", "/usr/local/bin", "/bin")) {
            if (Files.isExecutable(Path.of(directory, "git"))) {
                return true;
            }
        }
        return false;
    }

    Problem problem(TransportException cause) {
        var said = told(cause);
        if (MISSING.matcher(said).find()) {
            return missing();
        }
        var message = "%s: %s".formatted(source.shown(), said);
        return FORBIDDEN.matcher(said).find()
                ? new Problem(Problem.Kind.FORBIDDEN, "git_forbidden", message, List.of())
                : new Problem(Problem.Kind.UNREACHABLE, "git_failed", message, List.of());
    }

    /** JGit begins with the URL, and leaves out no more of it than the password. */
    String told(Exception cause) {
        return String.valueOf(cause.getMessage())
                .replace(source.url(), source.shown())
                .replace(uri.toString(), source.shown());
    }

    Problem missing() {
        return Problem.notFound(
                "git_ref_not_found",
                "%s has no branch %s with a commit; commit and push something first, or name another branch"
                        .formatted(source.shown(), source.branch()));
    }
}
