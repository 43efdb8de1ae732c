package dev.skein.store.copy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * Writes lines of JSON with a checksum in the last. The file appears under its name once it is whole and on the disk;
 * it holds the keys of workers, so only its owner may read it.
 */
final class CopyWriter implements AutoCloseable {
    static final String FORMAT = "skein-store-copy";
    static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Path part;
    private final FileChannel channel;
    private final OutputStream out;
    private final MessageDigest digest = CopyReader.sha256();

    CopyWriter(Path file) throws IOException {
        this.file = file.toAbsolutePath();
        this.part = this.file.resolveSibling(this.file.getFileName() + ".part");
        Files.deleteIfExists(part);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        this.channel = FileChannel.open(part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode);
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel));
    }

    void line(Object value) throws IOException {
        var bytes = (JSON.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8);
        digest.update(bytes);
        out.write(bytes);
    }

    /** Nothing can follow. */
    void finish(long rows) throws IOException {
        var sum = HexFormat.of().formatHex(digest.digest());
        out.write(
                (JSON.writeValueAsString(Map.of("end", rows, "sha256", sum)) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        channel.force(true);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(part); // it is there only when something failed
    }
}
