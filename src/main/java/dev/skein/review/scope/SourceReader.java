package dev.skein.review.scope;

import dev.skein.index.source.SourceText;
import dev.skein.review.SourceFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** Reads files of a scope, and never one that is not the file it was. */
public final class SourceReader {
    private SourceReader() {}

    /** SHA-256 of bytes in lower-case hex. */
    public static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** The bytes of a file, of which one more than {@code bytesMax} is read at most; a link is not followed. */
    public static byte[] read(Path file, long bytesMax) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) { // opening a pipe would wait for a writer
            throw new NoSuchFileException(file.toString(), null, "no regular file");
        }
        try (var channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            var bytes = ByteBuffer.allocate((int) Math.min(channel.size(), bytesMax) + 1);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // until it is full or at its end
            }
            return Arrays.copyOf(bytes.array(), bytes.position());
        }
    }

    /** The file with its text; none when it is gone, cannot be read, or has another content than it had. */
    public static Optional<SourceFile> open(Path root, ScopedFile file) {
        var path = root.resolve(file.path()).normalize();
        if (!path.startsWith(root.normalize())) {
            return Optional.empty();
        }
        try {
            var bytes = read(path, file.bytes());
            if (bytes.length != file.bytes() || !hash(bytes).equals(file.hash())) {
                return Optional.empty();
            }
            var text = SourceText.of(bytes).text();
            return Optional.of(new SourceFile(file.path(), file.language(), text, file.hash(), file.lines()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
