package dev.skein.git;

import dev.skein.config.Secret;
import dev.skein.config.Settings;
import dev.skein.kernel.Check;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which repositories are copied, and how much of them.
 *
 * @param allow beginnings of URLs, up to a slash, that may be copied from ({@code git.allow}, default none)
 * @param bytesMax of what is fetched, and again of the files ({@code git.bytes-max}, default 2GiB)
 * @param deadline of one copy ({@code git.deadline}, default 10m)
 * @param token that these places know this node by, sent by https alone ({@code git.token}, default none)
 */
public record GitConfig(
        List<String> allow,
        long bytesMax,
        Duration deadline,
        @Nullable Secret token) {
    private static final long BYTES_MIN = 1L << 10;
    private static final long BYTES_MAX = 1L << 44;

    public static final GitConfig DEFAULTS = new GitConfig(List.of(), 2L << 30, Duration.ofMinutes(10), null);

    public GitConfig {
        allow = List.copyOf(allow);
        Check.between("git.bytes-max", bytesMax, BYTES_MIN, BYTES_MAX);
        Check.positive("git.deadline", deadline);
        Places.of(allow);
    }

    public static GitConfig from(Settings settings) {
        var allow = settings.list("git.allow", DEFAULTS.allow);
        long bytes = settings.bytes("git.bytes-max", DEFAULTS.bytesMax, BYTES_MIN, BYTES_MAX);
        var deadline = settings.duration("git.deadline", DEFAULTS.deadline);
        var token = settings.secret("git.token");
        return settings.build(DEFAULTS, () -> new GitConfig(allow, bytes, deadline, token));
    }
}
