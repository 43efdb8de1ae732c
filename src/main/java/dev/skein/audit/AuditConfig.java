package dev.skein.audit;

import dev.skein.config.Settings;
import dev.skein.kernel.Check;

/**
 * How much of the audit is kept. Built once at start.
 *
 * @param fileBytes size at which a file is closed and the next begun ({@code audit.file-bytes}, default 16MiB)
 * @param filesMax files kept, the one being written included; the oldest goes first ({@code audit.files-max}, default
 *     8)
 */
public record AuditConfig(long fileBytes, int filesMax) {
    public static final AuditConfig DEFAULTS = new AuditConfig(16L << 20, 8);
    private static final long BYTES_MIN = 4L << 10;
    private static final long BYTES_MAX = 1L << 30;
    private static final int FILES_MAX = 1_000;

    public AuditConfig {
        Check.between("audit.file-bytes", fileBytes, BYTES_MIN, BYTES_MAX);
        Check.between("audit.files-max", filesMax, 2, FILES_MAX);
    }

    public static AuditConfig from(Settings settings) {
        return settings.build(
                DEFAULTS,
                () -> new AuditConfig(
                        settings.bytes("audit.file-bytes", DEFAULTS.fileBytes, BYTES_MIN, BYTES_MAX),
                        settings.integer("audit.files-max", DEFAULTS.filesMax, 2, FILES_MAX)));
    }
}
