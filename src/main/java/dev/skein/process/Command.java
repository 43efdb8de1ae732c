package dev.skein.process;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to run, and under which limits.
 *
 * @param words the program and its arguments
 * @param directory to run in
 * @param environment all of it; nothing else is handed on
 */
public record Command(List<String> words, Path directory, Map<String, String> environment, Limits limits) {
    private static final List<String> HANDED_ON = List.of("HOME", "LANG", "LOGNAME", "PATH", "SHELL", "TERM", "USER");

    /**
     * Limits of a command and all it starts.
     *
     * @param memoryBytes of resident memory of all processes together, watched; 0 for none
     * @param addressSpaceBytes of each process, kept by the kernel; 0 for none
     * @param processesMax how many processes at once
     * @param openFilesMax of each process
     * @param fileBytesMax of each file written; 0 for none
     * @param outputBytesMax of both output streams together; 0 for none
     * @param user to run as, which takes a process that is root; null to stay who it is, without its privileges
     */
    public record Limits(
            long memoryBytes,
            long addressSpaceBytes,
            int processesMax,
            int openFilesMax,
            long fileBytesMax,
            long outputBytesMax,
            @Nullable User user) {
        private static final int PROCESSES = 512;
        private static final int OPEN_FILES = 4_096;
        private static final long OUTPUT_BYTES = 1L << 30;

        /** The same cap for the tree's resident memory and each process's address space; 0 for none. */
        public static Limits capped(long bytes) {
            return new Limits(bytes, bytes, PROCESSES, OPEN_FILES, 0, OUTPUT_BYTES, null);
        }

        /** Watched only: for programs that reserve far more address space than they use, such as Node. */
        public static Limits watched(long bytes) {
            return new Limits(bytes, 0, PROCESSES, OPEN_FILES, 0, 0, null);
        }

        public Limits as(@Nullable User someone) {
            return new Limits(
                    memoryBytes, addressSpaceBytes, processesMax, openFilesMax, fileBytesMax, outputBytesMax, someone);
        }
    }

    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
        if (words.isEmpty() || words.get(0).isEmpty()) {
            throw new IllegalArgumentException("a command needs at least the name of a program");
        }
        if (words.stream().anyMatch(word -> word.indexOf(0) >= 0)) {
            throw new IllegalArgumentException("a word of a command holds a zero byte");
        }
    }

    /** The few variables that are handed on, and what is added to them. */
    public static Map<String, String> environment(Map<String, String> own, Map<String, String> added) {
        var all = new LinkedHashMap<String, String>();
        HANDED_ON.forEach(name -> {
            var value = own.get(name);
            if (value != null) {
                all.put(name, value);
            }
        });
        all.putAll(added);
        return all;
    }
}
