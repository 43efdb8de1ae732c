package dev.skein.audit;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of the audit at which lines are appended. Confined to the writer's thread. */
final class AuditFile implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(AuditFile.class);
    private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rw-------");
    private static final int TAIL_BYTES = 64 << 10;

    private final AuditFolder folder;
    private final AuditConfig config;
    private final InstantSource wall;
    private FileChannel file;
    private Line last;
    private long firstHere; // number of the first line in the file that is written

    AuditFile(Path folder, AuditConfig config, InstantSource wall) throws IOException {
        this.folder = new AuditFolder(folder);
        this.config = config;
        this.wall = wall;
        this.last = lastLine();
        this.file = open();
        this.firstHere = file.size() == 0 ? last.number() + 1 : firstNumber();
    }

    /**
     * Appends one line; it is in the file, though not surely on the disk, when this returns. Nothing is left of a line
     * that does not fit the disk, since the next would be glued to it.
     */
    void append(Deed deed) throws IOException {
        var line = last.next(deed, wall.instant());
        var bytes = (line.text() + "\n").getBytes(StandardCharsets.UTF_8);
        if (file.size() + bytes.length > config.fileBytes() && line.number() > firstHere) {
            rotate();
        }
        long before = file.size();
        try {
            writeAll(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            file.truncate(before);
            throw e;
        }
        last = line;
    }

    /** A disk that fills up takes a part at first and fails at the next. */
    private void writeAll(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    void force() throws IOException {
        file.force(false);
    }

    private void rotate() throws IOException {
        file.force(false);
        file.close();
        Files.move(folder.current(), folder.old(firstHere));
        firstHere = last.number() + 1;
        file = open();
        var files = folder.files();
        for (int i = 0; i < files.size() - config.filesMax(); i++) {
            Files.delete(files.get(i));
        }
    }

    private FileChannel open() throws IOException {
        var path = folder.current();
        if (!Files.exists(path)) {
            return FileChannel.open(
                    path,
                    EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                    PosixFilePermissions.asFileAttribute(OWN));
        }
        if (!OWN.containsAll(Files.getPosixFilePermissions(path))) {
            log.warn("{} can be read or written by others on this machine; its mode should be 0600", path);
        }
        return FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    private long firstNumber() throws IOException {
        try (var reader = Files.newBufferedReader(folder.current())) {
            var line = reader.readLine();
            var object = line == null ? null : Line.object(line);
            return object == null ? 1 : object.path("seq").asLong(1);
        }
    }

    /** The newest whole line, wherever it is; what a crash left half written is cut off. */
    private Line lastLine() throws IOException {
        var found = Line.NONE;
        for (var path : folder.files()) {
            var tail = tail(path);
            found = tail == null ? found : tail;
        }
        return found;
    }

    private static @Nullable Line tail(Path path) throws IOException {
        try (var raw = new RandomAccessFile(path.toFile(), "rw")) {
            long from = Math.max(0, raw.length() - TAIL_BYTES);
            var bytes = new byte[(int) (raw.length() - from)];
            raw.seek(from);
            raw.readFully(bytes);
            var text = new String(bytes, StandardCharsets.ISO_8859_1); // one character a byte
            int end = text.lastIndexOf('\n') + 1;
            if (end < bytes.length) {
                log.warn("{}: cut off {} bytes of a line that was never finished", path, bytes.length - end);
                raw.setLength(from + end);
            }
            int start = end == 0 ? 0 : text.lastIndexOf('\n', end - 2) + 1;
            return end == 0 ? null : Line.parse(new String(bytes, start, end - 1 - start, StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        file.force(false);
        file.close();
    }
}
