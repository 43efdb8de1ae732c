package dev.skein.review.ledger;

import dev.skein.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A ledger as a file. A reader sees the whole old one or the whole new one. */
public final class LedgerFile {
    private LedgerFile() {}

    /**
     * The ledger of a file; empty when there is none.
     *
     * @throws Problem TOO_LARGE {@code ledger_too_large}
     */
    public static Ledger read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Ledger.EMPTY;
        }
        if (Files.size(file) > Ledger.FILE_MAX) {
            var message = "%s has more than %d MiB".formatted(file, Ledger.FILE_MAX >> 20);
            throw new Problem(Problem.Kind.TOO_LARGE, "ledger_too_large", message, List.of());
        }
        return Ledger.read(Files.readAllBytes(file));
    }

    /** Writes beside its place and moves it there when it is whole. */
    public static void write(Path file, Ledger ledger) throws IOException {
        var bytes = ledger.bytes();
        var directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        var written = Files.createTempFile(directory, ".issues-", ".new");
        try {
            Files.write(written, bytes);
            if (Files.exists(file)) {
                Files.setPosixFilePermissions(written, Files.getPosixFilePermissions(file));
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
