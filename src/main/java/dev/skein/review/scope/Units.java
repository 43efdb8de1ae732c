package dev.skein.review.scope;

import dev.skein.review.scope.Scope.Counts;
import dev.skein.review.scope.Skipped.Reason;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Cuts directories into units of like cost. Not thread-safe. */
final class Units {
    private static final int DIGITS = 8;
    private static final int BASE = 36;
    private static final int HASH_BASE = 16;
    private static final String PREFIX = "rv-";

    private final int linesMax;
    private final Map<String, Directory> directories = new TreeMap<>(); // so that ids do not depend on the order found

    private record Directory(int priority, List<ScopedFile> files) {}

    Units(int linesMax) {
        this.linesMax = linesMax;
    }

    /** @param files by path */
    void add(String directory, int priority, List<ScopedFile> files) {
        directories.put(directory, new Directory(priority, List.copyOf(files)));
    }

    Scope scope(List<Skipped> skipped, Map<Reason, Integer> reasons) {
        var units = new ArrayList<Unit>();
        Set<String> taken = new HashSet<>();
        directories.forEach((path, directory) -> {
            var parts = parts(directory.files, linesMax);
            for (int i = 0; i < parts.size(); i++) {
                var id = id(path, i + 1, taken);
                units.add(new Unit(id, path, i + 1, parts.size(), directory.priority, parts.get(i)));
            }
        });
        int files = units.stream().mapToInt(unit -> unit.files().size()).sum();
        long lines = units.stream().mapToLong(Unit::lines).sum();
        long bytes = units.stream().mapToLong(Unit::bytes).sum();
        return new Scope(units, skipped, new Counts(directories.size(), files, lines, bytes, reasons));
    }

    /** Consecutive files, each part about as long as the others; only a file that is longer makes one too long. */
    static List<List<ScopedFile>> parts(List<ScopedFile> files, int linesMax) {
        long left = files.stream().mapToLong(ScopedFile::lines).sum();
        long share = share(left, linesMax);
        var parts = new ArrayList<List<ScopedFile>>();
        var part = new ArrayList<ScopedFile>();
        long lines = 0;
        for (var file : files) {
            boolean nearer = lines + file.lines() - share > share - lines;
            if (!part.isEmpty() && (nearer || lines + file.lines() > linesMax)) {
                parts.add(part);
                part = new ArrayList<>();
                left -= lines;
                share = share(left, linesMax);
                lines = 0;
            }
            part.add(file);
            lines += file.lines();
        }
        parts.add(part);
        return parts;
    }

    private static long share(long lines, int linesMax) {
        long parts = (lines + linesMax - 1) / linesMax;
        return (lines + parts - 1) / parts;
    }

    /** Eight characters of the path's hash; the second of two that share them takes those of a salted hash. */
    private static String id(String directory, int part, Set<String> taken) {
        for (int salt = 0; ; salt++) {
            var key = directory + "\0" + part + (salt == 0 ? "" : "\0" + salt);
            var hash = SourceReader.hash(key.getBytes(StandardCharsets.UTF_8));
            var digits = new BigInteger(hash, HASH_BASE).toString(BASE);
            var id = PREFIX + digits.substring(digits.length() - DIGITS);
            if (taken.add(id)) {
                return id;
            }
        }
    }
}
