package dev.skein.cli.job;

import dev.skein.cli.terminal.Spans;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long to wait for the end of something. */
final class WaitOptions {
    @Option(
            names = "--wait-timeout",
            paramLabel = "TIME",
            description = "wait at most that long for the end, then exit 7; the job goes on")
    @Nullable
    String waitTimeout;

    /** Null for as long as it takes. */
    @Nullable
    Duration longest() {
        return waitTimeout == null ? null : Spans.parse("--wait-timeout", waitTimeout);
    }
}
