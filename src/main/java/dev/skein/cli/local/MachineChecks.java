package dev.skein.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.kernel.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What this machine offers to a node. */
final class MachineChecks {
    private static final int JAVA_MIN = 17;
    private static final long MEMORY_MIN = 512L << 20;
    private static final long DISK_MIN = 1L << 30;
    private static final int FILES_MIN = 1_024;
    private static final int MEBI = 20;

    private MachineChecks() {}

    static List<JsonNode> all(Path dataDir) {
        return List.of(java(), memory(), files(), disk(dataDir), writable(dataDir));
    }

    /** One line of the report; without advice all is well. */
    static JsonNode line(String check, String found, @Nullable String advice) {
        return new ObjectMapper()
                .createObjectNode()
                .put("state", advice == null ? "ready" : "failed")
                .put("check", check)
                .put("found", found)
                .put("try", advice);
    }

    private static JsonNode java() {
        var version = Runtime.version();
        return line(
                "java",
                version + " in " + System.getProperty("java.home"),
                version.feature() >= JAVA_MIN ? null : "apt install openjdk-17-jdk");
    }

    private static JsonNode memory() {
        long free = procKib("/proc/meminfo", "MemAvailable:") << 10;
        return line(
                "memory",
                free < 0 ? "unknown" : mebibytes(free) + " available",
                free < 0 || free >= MEMORY_MIN ? null : "free memory: a coordinator needs 256MiB, a worker 128MiB");
    }

    private static JsonNode files() {
        long limit = procKib("/proc/self/limits", "Max open files");
        return line(
                "open files",
                limit < 0 ? "unknown" : limit + " at most",
                limit < 0 || limit >= FILES_MIN ? null : "ulimit -n 4096");
    }

    private static JsonNode disk(Path dataDir) {
        try {
            long free = Files.getFileStore(existing(dataDir)).getUsableSpace();
            return line(
                    "disk",
                    mebibytes(free) + " free for " + dataDir.toAbsolutePath(),
                    free >= DISK_MIN ? null : "free 1GiB there, or --data-dir elsewhere");
        } catch (IOException e) {
            return line("disk", String.valueOf(e.getMessage()), "--data-dir elsewhere");
        }
    }

    private static JsonNode writable(Path dataDir) {
        boolean isWritable = Files.isWritable(existing(dataDir));
        return line(
                "data folder",
                dataDir.toAbsolutePath() + (isWritable ? " can be written" : " cannot be written"),
                isWritable ? null : "--data-dir elsewhere, or chown it");
    }

    private static Path existing(Path folder) {
        var path = folder.toAbsolutePath();
        var parent = path.getParent();
        while (!Files.exists(path) && parent != null) {
            path = parent;
            parent = path.getParent();
        }
        return path;
    }

    /** The first number on a line of a /proc file; -1 when there is none. */
    private static long procKib(String file, String label) {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(label))
                    .map(line -> line.substring(label.length()).strip().replaceFirst("[^0-9].*", ""))
                    .filter(number -> !number.isEmpty())
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }

    private static String mebibytes(long bytes) {
        return ByteSize.format(bytes >> MEBI << MEBI);
    }
}
