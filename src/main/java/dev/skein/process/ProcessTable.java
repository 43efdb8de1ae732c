package dev.skein.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The processes of this machine at one moment. */
final class ProcessTable {
    private static final Path PROC = Path.of("/proc");
    private static final int PARENT = 1;
    private static final int SESSION = 3;
    private static final int STARTED = 19;
    private static final int ADDRESS_BYTES = 20;
    private static final int RESIDENT_PAGES = 21;
    private static final long PAGE_BYTES = 4_096;
    private static final long BYTES_PER_KIB = 1_024;

    /**
     * One process.
     *
     * @param started ticks since the machine began, which tells two lives of one number apart
     * @param isGone whether it has ended and only its parent has not asked yet
     */
    record Row(
            long pid,
            String name,
            long parent,
            long session,
            long started,
            long addressBytes,
            long residentBytes,
            boolean isGone) {}

    private ProcessTable() {}

    static List<Row> read() {
        var rows = new ArrayList<Row>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var folder : all) {
                var row = row(folder);
                if (row != null) {
                    rows.add(row);
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            return rows;
        }
        return rows;
    }

    /** One of them; null when there is none of that number. */
    static @Nullable Row row(long pid) {
        return row(PROC.resolve(Long.toString(pid)));
    }

    private static @Nullable Row row(Path folder) {
        try {
            var text = new String(Files.readAllBytes(folder.resolve("stat")), StandardCharsets.ISO_8859_1);
            int name = text.lastIndexOf(')');
            var fields = text.substring(name + 2).split(" ");
            return new Row(
                    Long.parseLong(folder.getFileName().toString()),
                    text.substring(text.indexOf('(') + 1, name),
                    Long.parseLong(fields[PARENT]),
                    Long.parseLong(fields[SESSION]),
                    Long.parseLong(fields[STARTED]),
                    Long.parseLong(fields[ADDRESS_BYTES]),
                    Long.parseLong(fields[RESIDENT_PAGES]) * PAGE_BYTES,
                    fields[0].equals("Z") || fields[0].equals("X"));
        } catch (IOException | RuntimeException ended) {
            return null;
        }
    }

    /** What they hold with shared parts divided between the sharers; each takes the kernel up to some milliseconds. */
    static long proportionalBytes(List<Row> rows) {
        return rows.stream().mapToLong(ProcessTable::proportionalBytes).sum();
    }

    private static long proportionalBytes(Row row) {
        try (var lines = Files.lines(PROC.resolve(row.pid + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * BYTES_PER_KIB)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | RuntimeException unreadable) {
            return residentBytes(row);
        }
    }

    /** Of one that cannot be asked: nothing when it has ended since. */
    private static long residentBytes(Row row) {
        var now = row(row.pid);
        return now == null || now.isGone || now.started != row.started ? 0 : now.residentBytes;
    }

    /** Whether a process was started with a variable, as far as one may know. */
    static boolean bears(long pid, String variable) {
        try {
            var text = new String(Files.readAllBytes(PROC.resolve(pid + "/environ")), StandardCharsets.ISO_8859_1);
            return ("\0" + text).contains("\0" + variable + "\0");
        } catch (IOException | RuntimeException ended) {
            return false;
        }
    }

    /** Threads of the whole machine; 0 when that is not known. */
    static int threads() {
        try {
            var fields = Files.readString(PROC.resolve("loadavg")).split("[ /]");
            return Integer.parseInt(fields[4]);
        } catch (IOException | RuntimeException unknown) {
            return 0;
        }
    }
}
