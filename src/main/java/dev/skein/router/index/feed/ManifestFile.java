package dev.skein.router.index.feed;

import dev.skein.index.feed.Feeds.Item;
import dev.skein.index.source.ContentHash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one shard's files were when they were last compared, so that the router's next life reads only those that have
 * another size or time. Whatever is wrong with it, it is as if there were none. Blocks on the disk.
 */
public final class ManifestFile {
    private static final Logger log = LoggerFactory.getLogger(ManifestFile.class);
    private static final long MAGIC = 0x534B_4549_4E4D_4146L; // SKEINMAF
    private static final int VERSION = 1;
    private static final int HEADER = 8 + 4;
    private static final int BYTES_MAX = 512 << 20;

    private final Path file;
    private final String identity;

    /** @param identity of the shard, which names the file */
    public ManifestFile(Path directory, String identity) {
        this.file = directory.resolve(ContentHash.of(identity.getBytes(StandardCharsets.UTF_8)) + ".manifest");
        this.identity = identity;
    }

    /** Replaces what was kept; what fails costs the next start its haste and nothing else. */
    void save(Collection<Item> items) {
        try {
            var directory = file.toAbsolutePath().getParent();
            Files.createDirectories(directory);
            var next = file.resolveSibling(file.getFileName() + ".new"); // one name, so that a kill leaves but one
            try {
                Files.deleteIfExists(next);
                write(next, bytes(items));
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(next); // when the disk is full, say
            }
        } catch (IOException e) {
            log.warn("the manifest of a shard is not kept on disk: {}", e.toString());
        }
    }

    private static void write(Path to, ByteBuffer bytes) throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var opened = FileChannel.open(to, options, owner)) {
            while (bytes.hasRemaining()) {
                opened.write(bytes);
            }
            opened.force(true);
        }
    }

    private ByteBuffer bytes(Collection<Item> items) throws IOException {
        var written = new ByteArrayOutputStream();
        var body = new DataOutputStream(written);
        body.writeInt(VERSION);
        body.writeUTF(identity);
        body.writeInt(items.size());
        for (var item : items) {
            body.writeUTF(item.path());
            body.writeLong(item.bytes());
            body.writeLong(item.modifiedMillis());
            body.writeLong(item.content().high());
            body.writeLong(item.content().low());
        }
        var whole = ByteBuffer.allocate(HEADER + written.size());
        return whole.putLong(MAGIC)
                .putInt(checksum(written.toByteArray(), 0))
                .put(written.toByteArray())
                .flip();
    }

    private static int checksum(byte[] bytes, int from) {
        var sum = new CRC32C();
        sum.update(bytes, from, bytes.length - from);
        return (int) sum.getValue();
    }

    /** When it was kept, by the clock of the disk, in milliseconds since 1970; 0 for never. */
    long keptMillis() {
        try {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }

    /** What was kept; nothing when there is none that is sound. */
    List<Item> load() {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new IOException("too large");
            }
            return items(Files.readAllBytes(file));
        } catch (IOException | RuntimeException e) {
            log.warn("the manifest of a shard is not used: {}", e.toString());
            return List.of();
        }
    }

    private List<Item> items(byte[] whole) throws IOException {
        var header = ByteBuffer.wrap(whole);
        if (whole.length < HEADER || header.getLong() != MAGIC || header.getInt() != checksum(whole, HEADER)) {
            throw new IOException("damaged");
        }
        var body = new DataInputStream(new ByteArrayInputStream(whole, HEADER, whole.length - HEADER));
        if (body.readInt() != VERSION || !body.readUTF().equals(identity)) {
            throw new IOException("of another shard or version");
        }
        int count = body.readInt();
        var items = new ArrayList<Item>();
        for (int i = 0; i < count; i++) {
            var path = body.readUTF();
            long bytes = body.readLong();
            long modified = body.readLong();
            items.add(new Item(path, bytes, modified, new ContentHash(body.readLong(), body.readLong())));
        }
        return items;
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("the manifest of a shard is left on disk: {}", e.toString());
        }
    }
}
