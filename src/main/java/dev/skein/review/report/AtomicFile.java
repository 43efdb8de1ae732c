package dev.skein.review.report;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** A file that is written beside its place and moved there when it is whole. */
final class AtomicFile implements AutoCloseable {
    private static final int BUFFER = 64 << 10;

    private final Path target;
    private final Path written;
    private final OutputStream out;

    AtomicFile(Path target) throws IOException {
        this.target = target;
        var readable = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--"));
        var directory = target.toAbsolutePath().getParent();
        written = Files.createTempFile(directory, "." + target.getFileName(), ".new", readable);
        out = new BufferedOutputStream(Files.newOutputStream(written), BUFFER);
    }

    OutputStream out() {
        return out;
    }

    /** Ends it and puts it in its place. */
    void commit() throws IOException {
        out.close();
        Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes what was not put in its place. */
    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(written);
    }
}
