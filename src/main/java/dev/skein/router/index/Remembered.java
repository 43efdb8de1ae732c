package dev.skein.router.index;

import dev.skein.index.workspace.Workspaces.Shard;
import dev.skein.index.workspace.Workspaces.View;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which workspaces this router keeps, in a file, so that its next life looks at their directories before it has heard
 * from the leader. Whatever is wrong with it, it is as if there were none. Blocks on the disk; thread-safe.
 */
final class Remembered {
    private static final Logger log = LoggerFactory.getLogger(Remembered.class);
    private static final int VERSION = 1;
    private static final int BYTES_MAX = 64 << 20;

    private final Path file;
    private List<View> saved = List.of();

    Remembered(Path file) {
        this.file = file;
    }

    /** Without owners, which is what counts here of a workspace. */
    static View bare(View view) {
        var shards = view.shards().stream()
                .map(shard -> new Shard(shard.root(), shard.files(), shard.bytes(), null, null, 0))
                .toList();
        return new View(view.id(), view.name(), view.root(), view.router(), view.sourceRoots(), shards);
    }

    /** Replaces what is kept, unless it is the same; what fails costs the next start its haste and nothing else. */
    synchronized void save(List<View> views) {
        if (views.equals(saved)) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            var next = file.resolveSibling(file.getFileName() + ".new");
            Files.write(next, bytes(views));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            saved = views;
        } catch (IOException e) {
            log.warn("it is not kept on disk which workspaces there are: {}", e.toString());
        }
    }

    private static byte[] bytes(List<View> views) throws IOException {
        var written = new ByteArrayOutputStream();
        var to = new DataOutputStream(written);
        to.writeInt(VERSION);
        to.writeInt(views.size());
        for (var view : views) {
            for (var text : List.of(view.id(), view.name(), view.root(), view.router())) {
                to.writeUTF(text);
            }
            to.writeInt(view.sourceRoots().size());
            for (var root : view.sourceRoots()) {
                to.writeUTF(root);
            }
            to.writeInt(view.shards().size());
            for (var shard : view.shards()) {
                to.writeUTF(shard.root());
                to.writeInt(shard.files());
                to.writeLong(shard.bytes());
            }
        }
        var body = written.toByteArray();
        return ByteBuffer.allocate(Long.BYTES + body.length)
                .putLong(checksum(body, 0))
                .put(body)
                .array();
    }

    private static long checksum(byte[] bytes, int from) {
        var sum = new CRC32C();
        sum.update(bytes, from, bytes.length - from);
        return sum.getValue();
    }

    /** What was kept; nothing when there is none that is sound. */
    synchronized List<View> load() {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new IOException("too large");
            }
            var bytes = Files.readAllBytes(file);
            if (bytes.length < Long.BYTES || ByteBuffer.wrap(bytes).getLong() != checksum(bytes, Long.BYTES)) {
                throw new IOException("damaged");
            }
            return views(new DataInputStream(new ByteArrayInputStream(bytes, Long.BYTES, bytes.length - Long.BYTES)));
        } catch (IOException | RuntimeException e) {
            log.warn("what is kept of which workspaces there are is not used: {}", e.toString());
            return List.of();
        }
    }

    private static List<View> views(DataInputStream from) throws IOException {
        if (from.readInt() != VERSION) {
            throw new IOException("of another version");
        }
        var views = new ArrayList<View>();
        for (int left = from.readInt(); left > 0; left--) {
            var id = from.readUTF();
            var name = from.readUTF();
            var root = from.readUTF();
            var router = from.readUTF();
            var sourceRoots = new ArrayList<String>();
            for (int roots = from.readInt(); roots > 0; roots--) {
                sourceRoots.add(from.readUTF());
            }
            views.add(new View(id, name, root, router, sourceRoots, shards(from)));
        }
        return views;
    }

    private static List<Shard> shards(DataInputStream from) throws IOException {
        var shards = new ArrayList<Shard>();
        for (int left = from.readInt(); left > 0; left--) {
            shards.add(new Shard(from.readUTF(), from.readInt(), from.readLong(), null, null, 0));
        }
        return shards;
    }
}
