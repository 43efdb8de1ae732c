package dev.skein.router.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** One file of the journal: records of length, checksum and content, the last of which may be torn. */
final class Segment {
    private static final int HEAD = 2 * Integer.BYTES;
    private static final int RECORD_MAX = 64 << 20;

    private final Path file;
    private final FileChannel channel;
    private long size;

    private Segment(Path file, FileChannel channel, long size) {
        this.file = file;
        this.channel = channel;
        this.size = size;
    }

    static Segment create(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true); // or the file itself could be gone after a crash
        }
        return new Segment(file, channel, 0);
    }

    /** The whole records of a file, up to the first that is damaged. */
    static List<byte[]> read(Path file) throws IOException {
        var records = new ArrayList<byte[]>();
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        while (bytes.remaining() >= HEAD) {
            int length = bytes.getInt();
            int checksum = bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                break;
            }
            var record = new byte[length];
            bytes.get(record);
            if (checksum(record) != checksum) {
                break;
            }
            records.add(record);
        }
        return records;
    }

    static int sizeOf(byte[] record) {
        return HEAD + record.length;
    }

    /**
     * Writes records behind the last; on failure none of them counts.
     *
     * @param lasting whether they must be on disk when this returns
     */
    void append(List<byte[]> records, boolean lasting) throws IOException {
        int total = records.stream().mapToInt(Segment::sizeOf).sum();
        var bytes = ByteBuffer.allocate(total);
        for (var record : records) {
            if (record.length > RECORD_MAX) {
                throw new IOException("a record of " + record.length + " bytes");
            }
            bytes.putInt(record.length).putInt(checksum(record)).put(record);
        }
        bytes.flip();
        try {
            for (long at = size; bytes.hasRemaining(); ) {
                at += channel.write(bytes, at);
            }
            if (lasting) {
                channel.force(false);
            }
        } catch (IOException e) {
            channel.truncate(size);
            throw e;
        }
        size += total;
    }

    private static int checksum(byte[] record) {
        var sum = new CRC32C();
        sum.update(record);
        return (int) sum.getValue();
    }

    long size() {
        return size;
    }

    void delete() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }

    void close() throws IOException {
        channel.close();
    }
}
