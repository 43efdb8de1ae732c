package dev.skein.cli.review.ledger;

import dev.skein.cli.Shell;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Spans;
import dev.skein.config.Settings;
import dev.skein.git.GitConfig;
import dev.skein.git.exchange.Mirror.Source;
import dev.skein.git.exchange.Origin;
import dev.skein.review.ledger.claim.Board;
import dev.skein.review.ledger.claim.ClaimTerms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which ledger. */
public final class LedgerOptions {
    @Option(names = "--repo", paramLabel = "DIR", description = "a clone of the repository (default: here)")
    Path repo = Path.of("");

    @Option(names = "--remote", paramLabel = "REMOTE", description = "name of a remote, or a URL (default origin)")
    String remote = "origin";

    @Option(names = "--branch", paramLabel = "BRANCH", description = "of the remote (default: what the clone follows)")
    @Nullable
    String branch;

    @Option(
            names = "--claims",
            paramLabel = "WHERE",
            description = "refs (default), or branches for hosts that take no other refs; all must choose the same")
    Claims claims = Claims.REFS;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "settings of engines and of git, as a node reads them")
    @Nullable
    String config;

    /** Where claims are. */
    enum Claims {
        REFS,
        BRANCHES
    }

    public Settings settings(Shell shell) {
        if (config != null && !config.stripLeading().startsWith("{") && !Files.isReadable(Path.of(config))) {
            throw Failure.of(ExitCode.FAILED, "there is no configuration " + config)
                    .because("--config names a file that cannot be read")
                    .advise("skein config show prints the settings that there are");
        }
        return shell.host().loadSettings(config, Map.of());
    }

    public Origin origin() {
        return Origin.of(repo.toAbsolutePath().normalize(), remote, branch);
    }

    public Source source(Origin origin, Settings settings) {
        var prefix = claims == Claims.REFS ? Board.CLAIMS : Board.CLAIM_BRANCHES;
        return new Source(
                origin.url(), origin.branch(), prefix, GitConfig.from(settings).token());
    }

    /** @param lease as it was given */
    static ClaimTerms terms(String lease, int attemptsMax) {
        var span = Spans.parse("--lease", lease);
        if (span.compareTo(ClaimTerms.TTL_MAX) > 0) {
            throw Failure.usage("--lease must be at most 24h, got " + lease);
        }
        if (attemptsMax < 1 || attemptsMax > ClaimTerms.ATTEMPTS_MAX) {
            throw Failure.usage("--max-attempts must be 1 to " + ClaimTerms.ATTEMPTS_MAX + ", got " + attemptsMax);
        }
        return ClaimTerms.DEFAULTS.lasting(span).attempts(attemptsMax);
    }
}
