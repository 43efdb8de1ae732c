package dev.skein.review.scope;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is reviewed at once: the files that a directory directly contains, or a part of them.
 *
 * @param id of directory and part alone: the same whoever finds it and whenever
 * @param directory relative to the root, {@code .} for the root itself
 * @param part from 1
 * @param parts of this directory
 * @param priority 0 to 4, 0 the most urgent
 * @param files by path, one or more
 */
public record Unit(String id, String directory, int part, int parts, int priority, List<ScopedFile> files) {
    public Unit {
        files = List.copyOf(files);
    }

    public long lines() {
        return files.stream().mapToLong(ScopedFile::lines).sum();
    }

    public long bytes() {
        return files.stream().mapToLong(ScopedFile::bytes).sum();
    }

    /** Of all its files and what they are called, SHA-256 in lower-case hex. */
    public String hash() {
        var text = new StringBuilder();
        files.forEach(file ->
                text.append(file.path()).append('\0').append(file.hash()).append('\n'));
        return SourceReader.hash(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The same with another priority. */
    public Unit ranked(int wanted) {
        return new Unit(id, directory, part, parts, wanted, files);
    }

    Unit with(List<ScopedFile> some) {
        return new Unit(id, directory, part, parts, priority, some);
    }
}
