package dev.skein.index.cache;

import dev.skein.index.source.ContentHash;
import dev.skein.index.symbol.SymbolTable;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The form of one cache file: magic, version, checksum of the rest, length of the rest; then who it belongs to, when
 * it was written, and the files. All numbers are big-endian.
 */
final class Segment {
    static final int BYTES_MAX = 64 << 20;
    static final int HEADER = 8 + 4 + 4 + 4 + 4;

    private static final long MAGIC = 0x534B_4549_4E53_594DL; // SKEINSYM
    private static final int VERSION = 1;
    private static final int FILE_LEAST = 4 + ContentHash.BYTES + 8 + 8 + 4; // bytes of one with no path and no table

    private Segment() {}

    /** Why bytes are no segment. */
    static final class Defect extends Exception {
        private static final long serialVersionUID = 1L;

        Defect(String reason) {
            super(reason, null, false, false);
        }
    }

    /** Part {@code part} of {@code parts} of a shard; more than {@link #BYTES_MAX} bytes are the caller's mistake. */
    static byte[] write(CacheKey key, long writtenMillis, Map<String, Cached.File> files, int parts) {
        var identity = key.identity();
        var body = ByteBuffer.allocate(4 + identity.length + 8 + 4 + Math.toIntExact(bytes(files)));
        body.putInt(identity.length).put(identity).putLong(writtenMillis).putInt(files.size());
        files.forEach((path, file) -> write(body, path, file));
        return ByteBuffer.allocate(HEADER + body.capacity())
                .putLong(MAGIC)
                .putInt(VERSION)
                .putInt(parts)
                .putInt(checksum(body.array(), 0))
                .putInt(body.capacity())
                .put(body.array())
                .array();
    }

    private static void write(ByteBuffer to, String path, Cached.File file) {
        text(to, path.getBytes(StandardCharsets.UTF_8));
        to.putLong(file.content().high()).putLong(file.content().low());
        to.putLong(file.bytes()).putLong(file.modifiedMillis());
        text(to, file.table().toBytes());
    }

    private static void text(ByteBuffer to, byte[] bytes) {
        to.putInt(bytes.length).put(bytes);
    }

    static long bytes(Map<String, Cached.File> files) {
        return files.entrySet().stream()
                .mapToLong(each -> bytes(each.getKey(), each.getValue()))
                .sum();
    }

    static long bytes(String path, Cached.File file) {
        return FILE_LEAST
                + path.getBytes(StandardCharsets.UTF_8).length
                + (long) file.table().bytes();
    }

    /** How many parts the shard has, by the first bytes of one of them. */
    static int parts(byte[] bytes) throws Defect {
        if (bytes.length < HEADER) {
            throw new Defect("too short");
        }
        var header = ByteBuffer.wrap(bytes);
        if (header.getLong() != MAGIC) {
            throw new Defect("no cache file");
        }
        if (header.getInt() != VERSION) {
            throw new Defect("another version");
        }
        return header.getInt();
    }

    /** Whose shard it is by the first bytes of one of its parts, which may be changed ones. */
    static CacheKey key(byte[] bytes) throws Defect {
        parts(bytes);
        var from = ByteBuffer.wrap(bytes).position(HEADER);
        try {
            var identity = new String(text(from), StandardCharsets.UTF_8);
            int end = identity.indexOf('\0');
            if (end < 0) {
                throw new Defect("malformed");
            }
            return new CacheKey(identity.substring(0, end), identity.substring(end + 1));
        } catch (BufferUnderflowException e) {
            throw new Defect("malformed");
        }
    }

    static Cached read(byte[] bytes, CacheKey key) throws Defect {
        parts(bytes);
        var from = ByteBuffer.wrap(bytes).position(16);
        int checksum = from.getInt();
        if (from.getInt() != bytes.length - HEADER) {
            throw new Defect("another length than announced");
        }
        if (checksum != checksum(bytes, HEADER)) {
            throw new Defect("wrong checksum");
        }
        try {
            return body(from, key);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new Defect("malformed");
        }
    }

    private static Cached body(ByteBuffer from, CacheKey key) throws Defect {
        if (!Arrays.equals(text(from), key.identity())) {
            throw new Defect("another shard's");
        }
        long written = from.getLong();
        int count = from.getInt();
        if (count < 0 || count > from.remaining() / FILE_LEAST) {
            throw new Defect("malformed");
        }
        Map<String, Cached.File> files = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            var path = new String(text(from), StandardCharsets.UTF_8);
            var content = new ContentHash(from.getLong(), from.getLong());
            files.put(path, new Cached.File(content, from.getLong(), from.getLong(), SymbolTable.of(text(from))));
        }
        if (from.hasRemaining()) {
            throw new Defect("goes on after its end");
        }
        return new Cached(written, files);
    }

    private static byte[] text(ByteBuffer from) {
        int length = from.getInt();
        if (length < 0 || length > from.remaining()) {
            throw new BufferUnderflowException();
        }
        var bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    private static int checksum(byte[] bytes, int from) {
        var crc = new CRC32C();
        crc.update(bytes, from, bytes.length - from);
        return (int) crc.getValue();
    }
}
