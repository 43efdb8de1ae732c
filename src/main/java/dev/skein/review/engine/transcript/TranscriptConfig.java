package dev.skein.review.engine.transcript;

import dev.skein.config.Settings;
import dev.skein.kernel.Check;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whether talks with models are kept. Built once at start.
 *
 * @param file null: they are not ({@code review.transcript}, default none)
 * @param fileBytes size at which the next file is begun ({@code review.transcript-file-max}, default 64MiB)
 * @param filesMax files kept, the one being written included ({@code review.transcript-files-max}, default 4)
 */
public record TranscriptConfig(@Nullable Path file, long fileBytes, int filesMax) {
    public static final TranscriptConfig DEFAULTS = new TranscriptConfig(null, 64L << 20, 4);
    private static final long BYTES_MIN = 4L << 10;
    private static final long BYTES_MAX = 4L << 30;
    private static final int FILES_MAX = 1_000;

    public TranscriptConfig {
        Check.between("review.transcript-file-max", fileBytes, BYTES_MIN, BYTES_MAX);
        Check.between("review.transcript-files-max", filesMax, 1, FILES_MAX);
    }

    public static TranscriptConfig from(Settings settings) {
        return settings.build(DEFAULTS, () -> {
            var file = settings.optional("review.transcript");
            return new TranscriptConfig(
                    file == null || file.isBlank() ? null : Path.of(file),
                    settings.bytes("review.transcript-file-max", DEFAULTS.fileBytes, BYTES_MIN, BYTES_MAX),
                    settings.integer("review.transcript-files-max", DEFAULTS.filesMax, 1, FILES_MAX));
        });
    }
}
