package dev.skein.kernel;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file that one at a time holds; it is free again when that one gives it back, or its process ends. */
public final class LockFile implements AutoCloseable {
    private final FileChannel channel;

    private LockFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes it without waiting.
     *
     * @param file made when it is not there, and left when it is given back
     * @return null while somebody else has it
     */
    public static @Nullable LockFile take(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean isTaken = false;
        try {
            isTaken = isLocked(channel);
        } finally {
            if (!isTaken) {
                channel.close();
            }
        }
        return isTaken ? new LockFile(channel) : null;
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException held) {
            return false; // by this process
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
