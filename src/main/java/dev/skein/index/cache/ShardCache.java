package dev.skein.index.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The cache files of shards in one directory. Blocks on the disk.
 *
 * <p>A shard that is too large for one file has several, each of at most 64 MiB. All are written under other names
 * first and then renamed, the first one last: parts of two writings do not fit together, and then the whole is a miss.
 */
public final class ShardCache {
    private static final int PARTS_MAX = 1_000;
    private static final String FRESH = "new-"; // beginning of names while they are written
    private static final int IDENTITY_BYTES_MAX = 16 << 10; // with the header

    /**
     * What is kept of one shard.
     *
     * @param bytes of its symbols
     * @param usedMillis when it was written or of use, in milliseconds since 1970
     */
    public record Entry(CacheKey key, long bytes, long usedMillis) {}

    private final Path directory;

    public ShardCache(Path directory) {
        this.directory = directory;
    }

    /** Replaces what is kept for {@code key}; what was there before stays whole until then. */
    public void save(CacheKey key, Cached cached) throws IOException {
        Files.createDirectories(directory);
        var parts = parts(cached.files());
        var written = new ArrayList<Path>();
        try {
            for (var part : parts) {
                var file = fresh();
                written.add(file);
                write(file, Segment.write(key, cached.writtenMillis(), part, parts.size()));
            }
            install(key, written);
        } finally {
            for (var left : written) {
                Files.deleteIfExists(left); // when the disk is full, say
            }
        }
    }

    /** Puts files in the place of what is kept for {@code key}. */
    void install(CacheKey key, List<Path> written) throws IOException {
        for (int i = written.size() - 1; i >= 0; i--) {
            Files.move(
                    written.get(i), file(key, i), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        try (var opened = FileChannel.open(directory, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }

    private static List<Map<String, Cached.File>> parts(Map<String, Cached.File> files) {
        var parts = new ArrayList<Map<String, Cached.File>>();
        Map<String, Cached.File> part = new TreeMap<>();
        long bytes = 0;
        for (var file : files.entrySet()) {
            long more = Segment.bytes(file.getKey(), file.getValue());
            if (bytes + more > Segment.BYTES_MAX / 2) { // far enough from the limit for header and names
                parts.add(part);
                part = new TreeMap<>();
                bytes = 0;
            }
            part.put(file.getKey(), file.getValue());
            bytes += more;
        }
        parts.add(part);
        return parts;
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (var opened = FileChannel.open(file, Set.of(StandardOpenOption.WRITE))) {
            var rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                opened.write(rest);
            }
            opened.force(true);
        }
    }

    /** An empty file under another name. */
    Path fresh() throws IOException {
        Files.createDirectories(directory);
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        return Files.createTempFile(directory, FRESH, ".symbols", owner);
    }

    private Path file(CacheKey key, int part) {
        return directory.resolve(part == 0 ? key.fileName() : key.fileName() + "." + part);
    }

    /** Where the texts of a shard's files are kept beside its symbols. */
    public Path texts(CacheKey key) {
        return directory.resolve(key.fileName().replace(".symbols", ".texts"));
    }

    /** Keeps nothing for {@code key} any more; what cannot be deleted stays, and is a miss one day. */
    public void delete(CacheKey key) {
        for (int i = 0; i < PARTS_MAX; i++) {
            try {
                if (!Files.deleteIfExists(file(key, i))) {
                    return;
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    /** What is kept, the latest first; files that are none of shards are left out. */
    public List<Entry> entries() {
        var found = new ArrayList<Entry>();
        try (var files = Files.newDirectoryStream(directory, "*.symbols")) {
            for (var file : files) {
                entry(file).ifPresent(found::add);
            }
        } catch (IOException | DirectoryIteratorException e) {
            return found; // there is no directory yet, or what is there cannot be read
        }
        found.sort(Comparator.comparingLong(Entry::usedMillis).reversed());
        return found;
    }

    private Optional<Entry> entry(Path file) {
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            var key = Segment.key(in.readNBytes(IDENTITY_BYTES_MAX));
            long used =
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis();
            return file.equals(file(key, 0)) ? Optional.of(new Entry(key, bytes(key), used)) : Optional.empty();
        } catch (IOException | Segment.Defect e) {
            return Optional.empty();
        }
    }

    private long bytes(CacheKey key) throws IOException {
        return parts(key).stream().mapToLong(Long::longValue).sum();
    }

    /** Bytes of each part of what is kept for {@code key}; none when nothing is. */
    public List<Long> parts(CacheKey key) throws IOException {
        var parts = new ArrayList<Long>();
        for (int i = 0; i < PARTS_MAX && Files.exists(file(key, i)); i++) {
            parts.add(Files.size(file(key, i)));
        }
        return parts;
    }

    /** A stretch of a part as it is now; less at its end. */
    public byte[] stretch(CacheKey key, int part, long offset, int bytesMax) throws IOException {
        try (var from = FileChannel.open(file(key, part), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            var bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(bytesMax, from.size() - offset)));
            while (bytes.hasRemaining() && from.read(bytes, offset + bytes.position()) >= 0) {
                continue; // a short read is followed by another
            }
            return Arrays.copyOf(bytes.array(), bytes.position());
        }
    }

    /** Deletes what was of no use since a time, but for what {@code held} says; how many shards that were. */
    public int sweep(long sinceMillis, Predicate<CacheKey> held) {
        sweepBegun(sinceMillis);
        var old = entries().stream()
                .filter(entry -> entry.usedMillis() < sinceMillis && !held.test(entry.key()))
                .toList();
        for (var entry : old) {
            delete(entry.key());
            try {
                Files.deleteIfExists(texts(entry.key()));
            } catch (IOException e) {
                continue; // found again when the shard is
            }
        }
        return old.size();
    }

    /** What was being written when an earlier life was killed. */
    private void sweepBegun(long sinceMillis) {
        try (var files = Files.newDirectoryStream(directory, FRESH + "*.symbols")) {
            for (var file : files) {
                if (Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis() < sinceMillis) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return; // there is no directory yet, or the next sweep may do it
        }
    }

    /** Notes that what is kept for {@code key} was of use now; what fails costs only the note. */
    public void use(CacheKey key, long nowMillis) {
        try {
            Files.setLastModifiedTime(file(key, 0), FileTime.fromMillis(nowMillis));
        } catch (IOException e) {
            return; // there is none
        }
    }

    /** What is kept for {@code key}. Never throws: whatever is wrong is a miss. */
    public Loaded load(CacheKey key) {
        try {
            var first = bytes(file(key, 0));
            int parts = Segment.parts(first);
            if (parts < 1 || parts > PARTS_MAX) {
                return new Loaded.Miss("malformed");
            }
            var cached = Segment.read(first, key);
            var files = new TreeMap<>(cached.files());
            for (int i = 1; i < parts; i++) {
                var next = Segment.read(bytes(file(key, i)), key);
                if (next.writtenMillis() != cached.writtenMillis()) {
                    return new Loaded.Miss("parts of different writings");
                }
                files.putAll(next.files());
            }
            return new Loaded.Hit(new Cached(cached.writtenMillis(), files));
        } catch (Segment.Defect e) {
            return new Loaded.Miss(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            return new Loaded.Miss("unreadable");
        }
    }

    private static byte[] bytes(Path file) throws IOException, Segment.Defect {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Segment.Defect("absent");
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new Segment.Defect("no regular file");
        }
        if (Files.size(file) > Segment.BYTES_MAX) {
            throw new Segment.Defect("too large");
        }
        return Files.readAllBytes(file);
    }
}
