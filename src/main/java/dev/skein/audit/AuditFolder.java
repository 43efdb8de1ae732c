package dev.skein.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of one node's audit: {@code audit.jsonl}, which is written, and {@code audit-<n>.jsonl} with the line
 * number at which each older one began.
 */
public record AuditFolder(Path folder) {
    private static final Pattern OLD = Pattern.compile("audit-([0-9]{1,18})\\.jsonl");

    /** The file that is written. */
    public Path current() {
        return folder.resolve("audit.jsonl");
    }

    Path old(long firstNumber) {
        return folder.resolve("audit-" + firstNumber + ".jsonl");
    }

    /** Every file there is, oldest first. */
    public List<Path> files() throws IOException {
        var all = new ArrayList<Path>();
        if (Files.isDirectory(folder)) {
            try (var found = Files.list(folder)) {
                found.filter(file -> number(file) >= 0)
                        .sorted(Comparator.comparingLong(AuditFolder::number))
                        .forEach(all::add);
            }
        }
        if (Files.exists(current())) {
            all.add(current());
        }
        return all;
    }

    private static long number(Path file) {
        var match = OLD.matcher(String.valueOf(file.getFileName()));
        return match.matches() ? Long.parseLong(match.group(1)) : -1;
    }

    /** Hands every readable line to {@code reader}, oldest first. */
    public void read(Consumer<JsonNode> reader) throws IOException {
        for (var file : files()) {
            try (var lines = Files.lines(file)) {
                lines.map(Line::object).filter(Objects::nonNull).forEach(reader);
            }
        }
    }

    /**
     * What a check of the chain found.
     *
     * @param lines how many lines are sound
     * @param fault the first fault with file and line, null when there is none
     */
    public record Checked(long lines, @Nullable String fault) {}

    /** Follows the chain from the oldest line kept to the newest. */
    public Checked verify() throws IOException {
        var chain = new Chain();
        for (var file : files()) {
            try (var reader = Files.newBufferedReader(file)) {
                chain.follow(file, reader);
            }
        }
        return new Checked(chain.sound, chain.fault);
    }

    /** As far as the chain was followed; the first fault ends it. */
    private static final class Chain {
        private Line last = Line.NONE;
        private long sound;
        private @Nullable String fault;

        void follow(Path file, BufferedReader reader) throws IOException {
            int row = 0;
            for (var text = reader.readLine(); text != null && fault == null; text = reader.readLine()) {
                row++;
                var line = Line.parse(text);
                if (line == null) {
                    fault = file + " line " + row + ": was changed";
                } else if (sound == 0 ? !isFirst(file, line) : !line.follows(last)) {
                    fault = file + " line " + row + ": does not follow the line before; lines are missing or moved";
                } else {
                    last = line;
                    sound++;
                }
            }
        }

        /** The oldest line kept begins the chain where its file's name says; where none was removed it is number 1. */
        private static boolean isFirst(Path file, Line line) {
            return line.number() == Math.max(1, number(file));
        }
    }
}
