package dev.skein.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * How much memory this process and its children may use: the least of what is known.
 *
 * @param host bytes of the machine
 * @param cgroup least limit of the group and its ancestors; empty for none
 * @param rlimitAs soft limit of address space; empty for none
 * @param asked what the operator allows; empty for no more than the others say
 * @param chosen the least of them
 */
public record Effective(long host, OptionalLong cgroup, OptionalLong rlimitAs, OptionalLong asked, long chosen) {
    private static final long UNKNOWN_HOST_BYTES = 8L << 30;
    private static final long UNLIMITED_FROM = 1L << 60;
    private static final long BYTES_PER_KIB = 1024;
    private static final Pattern TOTAL = Pattern.compile("MemTotal:\\s+(\\d{1,15}) kB");
    private static final Pattern ADDRESS_SPACE = Pattern.compile("Max address space\\s+(\\d{1,20}|unlimited)\\s.*");

    static Effective of(long host, OptionalLong cgroup, OptionalLong rlimitAs, OptionalLong asked) {
        long chosen = LongStream.concat(
                        LongStream.of(host),
                        List.of(cgroup, rlimitAs, asked).stream().flatMapToLong(OptionalLong::stream))
                .min()
                .orElse(host);
        return new Effective(host, cgroup, rlimitAs, asked, chosen);
    }

    /** What this machine says; files that are not there mean no such limit. */
    public static Effective read(OptionalLong asked) {
        return read(Path.of("/proc"), Path.of("/sys/fs/cgroup"), asked);
    }

    static Effective read(Path proc, Path groups, OptionalLong asked) {
        return of(host(proc), cgroup(proc, groups), rlimitAs(proc), asked);
    }

    private static long host(Path proc) {
        return lines(proc.resolve("meminfo")).stream()
                .map(TOTAL::matcher)
                .filter(row -> row.matches())
                .mapToLong(row -> Long.parseLong(row.group(1)) * BYTES_PER_KIB)
                .filter(bytes -> bytes > 0)
                .findFirst()
                .orElse(UNKNOWN_HOST_BYTES);
    }

    private static OptionalLong rlimitAs(Path proc) {
        return lines(proc.resolve("self/limits")).stream()
                .map(ADDRESS_SPACE::matcher)
                .filter(row -> row.matches())
                .flatMapToLong(row -> limit(row.group(1)).stream())
                .findFirst();
    }

    /** The unified hierarchy first; the memory controller's own one when that says nothing. */
    private static OptionalLong cgroup(Path proc, Path groups) {
        var rows = lines(proc.resolve("self/cgroup")).stream()
                .map(line -> line.split(":", 3))
                .filter(parts -> parts.length == 3)
                .toList();
        var unified = rows.stream()
                .filter(parts -> parts[0].equals("0") && parts[1].isEmpty())
                .flatMapToLong(parts -> LongStream.concat(
                        least(groups, parts[2], "memory.max").stream(),
                        least(groups.resolve("unified"), parts[2], "memory.max").stream()))
                .min();
        return unified.isPresent()
                ? unified
                : rows.stream()
                        .filter(parts -> List.of(parts[1].split(",")).contains("memory"))
                        .flatMapToLong(
                                parts -> least(groups.resolve("memory"), parts[2], "memory.limit_in_bytes").stream())
                        .min();
    }

    /** The least limit of the group and all above it, down to the root of the hierarchy. */
    private static OptionalLong least(Path root, String group, String file) {
        var least = OptionalLong.empty();
        var relative = Path.of("/").relativize(Path.of(group).normalize());
        for (Path at = relative; ; at = at.getParent()) {
            var folder = at == null ? root : root.resolve(at);
            for (var line : lines(folder.resolve(file))) {
                var found = limit(line.strip());
                if (found.isPresent() && (least.isEmpty() || found.getAsLong() < least.getAsLong())) {
                    least = found;
                }
            }
            if (at == null) {
                return least;
            }
        }
    }

    private static OptionalLong limit(String text) {
        try {
            long bytes = Long.parseLong(text);
            return bytes >= UNLIMITED_FROM || bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
        } catch (NumberFormatException unlimited) {
            return OptionalLong.empty();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException | SecurityException absent) {
            return List.of();
        }
    }
}
