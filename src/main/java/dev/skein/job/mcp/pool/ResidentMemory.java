package dev.skein.job.mcp.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much memory a process and its descendants occupy. */
final class ResidentMemory {
    private static final long PAGE = 4_096;

    private ResidentMemory() {}

    /** In bytes, 0 when it has ended; reads files, so not on an event loop. */
    static long of(long pid) {
        return ProcessHandle.of(pid)
                .map(process -> Stream.concat(Stream.of(process), process.descendants())
                        .mapToLong(one -> own(one.pid()))
                        .sum())
                .orElse(0L);
    }

    private static long own(long pid) {
        try {
            var fields = Files.readString(Path.of("/proc", Long.toString(pid), "statm"))
                    .split(" ");
            return Long.parseLong(fields[1]) * PAGE;
        } catch (IOException | NumberFormatException ended) {
            return 0;
        }
    }
}
