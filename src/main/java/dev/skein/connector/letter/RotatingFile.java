package dev.skein.connector.letter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** A file and the ones before it ({@code .1} the youngest), readable by their owner alone. Not thread-safe. */
final class RotatingFile {
    private static final int FILES = 4;

    private final Path file;
    private final long bytesMax;

    /** @param bytesMax of all files together */
    RotatingFile(Path file, long bytesMax) {
        this.file = file;
        this.bytesMax = bytesMax / FILES;
    }

    void append(List<byte[]> lines) throws IOException {
        long size = open();
        var channel = channel();
        try {
            for (var line : lines) {
                if (size > 0 && size + line.length > bytesMax) {
                    channel.close();
                    rotate();
                    size = open();
                    channel = channel();
                }
                channel.write(ByteBuffer.wrap(line));
                size += line.length;
            }
        } finally {
            channel.close();
        }
    }

    private FileChannel channel() throws IOException {
        return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    private long open() throws IOException {
        if (!Files.exists(file)) {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            var own = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), own)
                    .close();
        }
        return Files.size(file);
    }

    private void rotate() throws IOException {
        for (int i = FILES - 1; i >= 1; i--) {
            var from = i == 1 ? file : numbered(i - 1);
            if (Files.exists(from)) {
                Files.move(from, numbered(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path numbered(int age) {
        return file.resolveSibling(file.getFileName() + "." + age);
    }
}
