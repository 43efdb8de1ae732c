package dev.skein.review.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.kernel.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All of a ledger: issues by id, lines that are no issues, and what was wrong when it was read. Immutable.
 *
 * @param issues by id
 * @param others lines that are no issues and lines that cannot be read, in their order; they follow the issues
 */
public record Ledger(SortedMap<String, Issue> issues, List<Other> others, List<Fault> faults) {
    /** Where it is in a repository. */
    public static final String PATH = ".beads/issues.jsonl";

    /** Bytes of a line at most; readers take no longer ones. */
    public static final int LINE_MAX = 64 << 20;

    /** Bytes of a ledger at most. */
    public static final int FILE_MAX = 256 << 20;

    public static final Ledger EMPTY = new Ledger(new TreeMap<>(), List.of(), List.of());

    public Ledger {
        issues = Collections.unmodifiableSortedMap(new TreeMap<>(issues));
        others = List.copyOf(others);
        faults = List.copyOf(faults);
    }

    /**
     * A line that is kept as it is; it is nobody's to change.
     *
     * @param isSound false when it cannot be read
     */
    public record Other(ByteBuffer bytes, boolean isSound) {
        static Other of(byte[] bytes, boolean isSound) {
            return new Other(ByteBuffer.wrap(bytes).asReadOnlyBuffer(), isSound);
        }
    }

    /**
     * Something that should not be as it is.
     *
     * @param line from 1
     */
    public record Fault(int line, String what) {
        public String sentence() {
            return PATH + " line " + line + ": " + what;
        }
    }

    /**
     * Reads one; lines that cannot be read become faults.
     *
     * @throws Problem TOO_LARGE {@code ledger_too_large}
     */
    public static Ledger read(byte[] bytes) {
        if (bytes.length > FILE_MAX) {
            throw tooLarge("the ledger has more than %d MiB".formatted(FILE_MAX >> 20));
        }
        return new Reader().read(bytes);
    }

    private static Problem tooLarge(String message) {
        return new Problem(Problem.Kind.TOO_LARGE, "ledger_too_large", message, List.of());
    }

    public @Nullable Issue issue(String id) {
        return issues.get(id);
    }

    /** The same with these in the place of those of their ids. */
    public Ledger with(Collection<Issue> changed) {
        var all = new TreeMap<>(issues);
        changed.forEach(issue -> all.put(issue.id(), issue));
        return new Ledger(all, others, faults);
    }

    /** One line each, sorted by id, what is no issue last. */
    public byte[] bytes() {
        var written = new ByteArrayOutputStream();
        for (var issue : issues.values()) {
            var line = issue.line().getBytes(StandardCharsets.UTF_8);
            if (line.length > LINE_MAX) {
                throw tooLarge(issue.id() + " would have more than %d MiB".formatted(LINE_MAX >> 20));
            }
            end(written, line);
        }
        for (var other : others) {
            var line = new byte[other.bytes.remaining()];
            other.bytes.duplicate().get(line);
            end(written, line);
        }
        if (written.size() > FILE_MAX) {
            throw tooLarge("the ledger would have more than %d MiB".formatted(FILE_MAX >> 20));
        }
        return written.toByteArray();
    }

    private static void end(ByteArrayOutputStream written, byte[] line) {
        written.writeBytes(line);
        written.write('\n');
    }

    /** Goes through the lines once. */
    private static final class Reader {
        private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

        private final TreeMap<String, Issue> issues = new TreeMap<>();
        private final List<Other> others = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();
        private int number;

        Ledger read(byte[] bytes) {
            int from = bytes.length >= MARK.length && Arrays.equals(bytes, 0, MARK.length, MARK, 0, MARK.length)
                    ? MARK.length
                    : 0;
            while (from < bytes.length) {
                int end = from;
                while (end < bytes.length && bytes[end] != '\n') {
                    end++;
                }
                number++;
                boolean hasReturn = end > from && bytes[end - 1] == '\r';
                line(Arrays.copyOfRange(bytes, from, hasReturn ? end - 1 : end));
                from = end + 1;
            }
            return new Ledger(issues, others, faults);
        }

        private void line(byte[] bytes) {
            try {
                if (bytes.length > LINE_MAX) {
                    keep(bytes, "is longer than %d MiB".formatted(LINE_MAX >> 20));
                    return;
                }
                var text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
                if (!text.isBlank()) {
                    parsed(bytes, text);
                }
            } catch (CharacterCodingException e) {
                keep(bytes, "is no UTF-8");
            } catch (JsonProcessingException e) {
                keep(
                        bytes,
                        "is no JSON: "
                                + e.getOriginalMessage().lines().findFirst().orElse(""));
            }
        }

        private void keep(byte[] bytes, String fault) {
            others.add(Other.of(bytes, false));
            faults.add(new Fault(number, fault + "; kept as it is"));
        }

        private void parsed(byte[] bytes, String text) throws JsonProcessingException {
            if (!(Json.read(text) instanceof ObjectNode fields)) {
                keep(bytes, "is no JSON object");
                return;
            }
            var type = fields.path("_type").asText("issue");
            if (!type.equals("issue")) {
                others.add(Other.of(bytes, true));
                return;
            }
            if (fields.path("id").asText("").isEmpty()) {
                keep(bytes, "has no id");
                return;
            }
            boolean isMended = mend(fields);
            var wrong = IssueRules.faults(fields);
            wrong.forEach(each -> faults.add(new Fault(number, each)));
            add(Issue.read(fields, isMended ? null : text));
        }

        /** Two lines of one id become one. */
        private void add(Issue issue) {
            var there = issues.get(issue.id());
            if (there != null) {
                faults.add(new Fault(number, issue.id() + " is there twice; both were merged"));
            }
            issues.put(issue.id(), there == null ? issue : IssueMerge.merge(null, there, issue));
        }

        /** Says in the words of beads what others wrote in theirs. */
        private static boolean mend(ObjectNode fields) {
            boolean isMended = false;
            var status = fields.path("status").asText("");
            if (IssueRules.ALIASES.containsKey(status)) {
                fields.put("status", IssueRules.ALIASES.get(status));
                isMended = true;
            }
            if (!fields.has("priority")) {
                fields.put("priority", 0); // which is how it is read where it is left out
                isMended = true;
            }
            boolean isClosed = fields.path("status").asText("").equals("closed");
            if (isClosed != fields.has("closed_at")) {
                fields.remove("closed_at");
                if (isClosed && fields.has("updated_at")) {
                    fields.set("closed_at", fields.path("updated_at"));
                }
                isMended = true;
            }
            for (var list : List.of("labels", "dependencies", "comments")) {
                if (fields.path(list) instanceof ArrayNode array && array.isEmpty()) {
                    fields.remove(list);
                    isMended = true;
                }
            }
            return isMended;
        }
    }
}
