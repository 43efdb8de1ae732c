package dev.skein.cli.review.export;

import dev.skein.kernel.SteadyClock;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags for what is known of findings. */
public final class KnownOptions {
    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "findings.jsonl of an earlier report; then only what is new fails")
    @Nullable
    Path baseline;

    @Option(
            names = "--suppressions",
            paramLabel = "FILE",
            description = "YAML list of what is not to be seen: rule, path or fingerprint, reason, author, expires")
    @Nullable
    Path suppressions;

    /** Whether findings themselves decide, and not only how many there are. */
    public boolean needsReport() {
        return baseline != null || suppressions != null;
    }

    /** Fails when a file is not what it should be. */
    public Known read() {
        return Known.of(
                baseline, suppressions, LocalDate.ofInstant(SteadyClock.system().instant(), ZoneOffset.UTC));
    }
}
