package dev.skein.index.code;

import dev.skein.index.source.ContentHash;
import dev.skein.index.source.SourceText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The contents of one shard's files by their hashes, one behind the other in one file: hash, length, bytes. Only ever
 * appended to, until more of it is dead than alive; then it is written anew. What is damaged is missing. Thread-safe;
 * blocks on the disk.
 */
public final class TextFile implements AutoCloseable {
    private static final int HEAD = ContentHash.BYTES + Integer.BYTES;
    private static final long SPARE = 4L << 20; // dead bytes that are left alone

    private final Path path;
    private final Map<ContentHash, Entry> entries = new HashMap<>();
    private @Nullable FileChannel channel;
    private long end;

    private record Entry(long offset, int length) {}

    public TextFile(Path path) {
        this.path = path;
    }

    private FileChannel channel() throws IOException {
        if (channel == null || !channel.isOpen()) {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("no regular file");
            }
            Files.createDirectories(path.toAbsolutePath().getParent());
            channel = open(path);
            entries.clear();
            scan(channel);
        }
        return channel;
    }

    private static FileChannel open(Path path) throws IOException {
        var options = Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(
                path, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Finds what is there; what does not end within the file is cut off. */
    private void scan(FileChannel from) throws IOException {
        long size = from.size();
        end = 0;
        var head = ByteBuffer.allocate(HEAD);
        while (end + HEAD <= size) {
            from.read(head.clear(), end);
            var hash = new ContentHash(head.flip().getLong(), head.getLong());
            int length = head.getInt();
            if (length < 0 || length > SourceText.BYTES_MAX || end + HEAD + length > size) {
                break;
            }
            entries.put(hash, new Entry(end + HEAD, length));
            end += HEAD + length;
        }
        from.truncate(end);
    }

    public synchronized boolean has(ContentHash hash) {
        try {
            channel();
            return entries.containsKey(hash);
        } catch (IOException e) {
            return false;
        }
    }

    /** Keeps a content; one that is there already is not written again. */
    public synchronized void put(ContentHash hash, byte[] content) throws IOException {
        var to = channel();
        if (entries.containsKey(hash)) {
            return;
        }
        var bytes = ByteBuffer.allocate(HEAD + content.length)
                .putLong(hash.high())
                .putLong(hash.low())
                .putInt(content.length)
                .put(content)
                .flip();
        long at = end;
        while (bytes.hasRemaining()) {
            at += to.write(bytes, at);
        }
        entries.put(hash, new Entry(end + HEAD, content.length));
        end = at;
    }

    /** The content of that hash, if it is there and whole. */
    public synchronized Optional<byte[]> get(ContentHash hash) {
        try {
            var from = channel();
            var entry = entries.get(hash);
            if (entry == null) {
                return Optional.empty();
            }
            var content = read(from, entry);
            if (!ContentHash.of(content).equals(hash)) {
                entries.remove(hash);
                return Optional.empty();
            }
            return Optional.of(content);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static byte[] read(FileChannel from, Entry entry) throws IOException {
        var bytes = ByteBuffer.allocate(entry.length);
        long at = entry.offset;
        while (bytes.hasRemaining()) {
            int count = from.read(bytes, at);
            if (count < 0) {
                break;
            }
            at += count;
        }
        return bytes.array();
    }

    /** Writes the file anew with these alone, when that is worth it. */
    public synchronized void keepOnly(Set<ContentHash> alive) throws IOException {
        var from = channel();
        long live = 0;
        for (var hash : alive) {
            var entry = entries.get(hash);
            live += entry == null ? 0 : HEAD + entry.length;
        }
        if (end - live <= live + SPARE) {
            return;
        }
        var fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try {
            copy(from, alive, fresh);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh); // when the disk is full, say
        }
        close();
        channel();
    }

    private void copy(FileChannel from, Set<ContentHash> alive, Path to) throws IOException {
        try (var copy = new TextFile(to)) {
            for (var hash : alive) {
                var entry = entries.get(hash);
                if (entry != null) {
                    copy.put(hash, read(from, entry));
                }
            }
        }
    }

    /** Leaves nothing on disk; what cannot be deleted stays until it is written anew. */
    public synchronized void delete() {
        try {
            close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            entries.clear();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        entries.clear();
        end = 0;
        if (channel != null) {
            channel.close();
        }
    }
}
