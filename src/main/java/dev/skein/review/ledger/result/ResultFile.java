package dev.skein.review.ledger.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.kernel.Problem;
import dev.skein.review.Finding;
import dev.skein.review.Gap;
import dev.skein.review.Rule;
import dev.skein.review.finding.Tally;
import dev.skein.review.finding.lines.FindingReader;
import dev.skein.review.finding.lines.FindingWriter;
import dev.skein.review.finding.lines.RuleReader;
import dev.skein.review.ledger.Task;
import dev.skein.review.run.ReviewParts.MissedLines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A result as a file beside the ledger: one line about the task, then one for each finding. */
public final class ResultFile {
    /** Where these files are. */
    public static final String DIRECTORY = ".beads/skein";

    /** Bytes of one at most. */
    public static final int BYTES_MAX = 64 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private ResultFile() {}

    public static String path(String task) {
        return DIRECTORY + "/" + task + ".jsonl";
    }

    /** @throws Problem TOO_LARGE {@code result_too_large} */
    public static byte[] of(Task task, Result result) {
        var bytes = new ByteArrayOutputStream();
        try {
            bytes.writeBytes(JSON.writeValueAsBytes(head(task, result)));
            bytes.write('\n');
            try (var writer = new FindingWriter(bytes)) {
                for (var finding : result.findings()) {
                    writer.write(finding);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory takes every byte", e);
        }
        if (bytes.size() > BYTES_MAX) {
            throw tooLarge(path(task.id())
                    + " would have more than %d MiB, with %d findings"
                            .formatted(BYTES_MAX >> 20, result.findings().size()));
        }
        return bytes.toByteArray();
    }

    private static Problem tooLarge(String message) {
        return new Problem(Problem.Kind.TOO_LARGE, "result_too_large", message, List.of());
    }

    private static JsonNode head(Task task, Result result) throws IOException {
        var by = result.by();
        var head = JSON.createObjectNode()
                .put("task", task.id())
                .put("path", task.directory())
                .put("part", task.part())
                .put("parts", task.parts())
                .put("worker", by.worker())
                .put("token", by.token())
                .put("attempt", by.attempt())
                .put("engine", by.engine())
                .put("model", by.model())
                .put("fingerprint", by.fingerprint())
                .put("lines", result.lines())
                .put("reviewed", result.reviewed())
                .put("findings", result.findings().size());
        tally(head, result.tally());
        var rules = head.putArray("rules");
        for (var rule : result.rules()) {
            rules.add(JSON.readTree(line(rule)));
        }
        var gaps = head.putArray("gaps");
        result.gaps().forEach(gap -> gaps.add(JSON.valueToTree(MissedLines.of(gap))));
        return head;
    }

    private static void tally(ObjectNode head, Tally tally) {
        head.put("tally", tally.text());
        head.putObject("proposals")
                .put("proposed", tally.proposed())
                .put("quote_missing", tally.quoteMissing())
                .put("ambiguous", tally.ambiguous())
                .put("outside", tally.outside())
                .put("schema", tally.schema());
    }

    private static byte[] line(Rule rule) throws IOException {
        var line = new ByteArrayOutputStream();
        try (var writer = new FindingWriter(line)) {
            writer.write(rule);
        }
        return line.toByteArray();
    }

    /**
     * What was written about a task; what is not known to be about it proves nothing.
     *
     * @throws Problem INVALID {@code invalid_result}; TOO_LARGE {@code result_too_large}
     */
    public static Result read(String task, byte[] bytes) {
        var path = path(task);
        if (bytes.length > BYTES_MAX) {
            throw tooLarge("%s has more than %d MiB".formatted(path, BYTES_MAX >> 20));
        }
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        try (var reader = new FindingReader(new ByteArrayInputStream(bytes, end, bytes.length - end))) {
            var findings = new ArrayList<Finding>();
            var head = JSON.readTree(bytes, 0, end);
            reader.forEachRemaining(compared -> findings.add(compared.finding()));
            check(head, task, findings.size());
            return result(head, findings);
        } catch (IOException | Problem unreadable) {
            var why = unreadable instanceof Problem problem ? problem.sentence() : "its first line is no JSON";
            throw new Problem(Problem.Kind.INVALID, "invalid_result", path + " cannot be read: " + why, List.of());
        }
    }

    /** A file may have been cut at the end of a line. */
    private static void check(JsonNode head, String task, int findings) {
        if (!head.isObject() || !head.path("task").asText().equals(task)) {
            throw Problem.invalid("its first line is not about this task");
        }
        if (!head.path("findings").isInt() || head.path("findings").asInt() != findings) {
            throw Problem.invalid("its first line says findings: %s, and %d follow"
                    .formatted(head.path("findings").asText("nothing"), findings));
        }
    }

    /**
     * Whether a result can be that of a task that is done: it is about files of its directory, and looked at as much.
     *
     * @throws Problem INVALID {@code invalid_result}
     */
    public static void check(Task task, Result result) {
        long reviewed = task.issue().metadata("reviewed").asLong();
        if (result.lines() != task.lines() || result.reviewed() != reviewed) {
            throw wrong(
                    task,
                    "its first line says %d of %d lines, and the ledger %d of %d"
                            .formatted(result.reviewed(), result.lines(), reviewed, task.lines()));
        }
        var paths = Stream.concat(
                result.findings().stream().map(Finding::path),
                result.gaps().stream().map(Gap::path));
        paths.filter(path -> !isIn(task.directory(), path)).findFirst().ifPresent(path -> {
            throw wrong(task, "it is about " + Task.line(path) + ", which is not in " + task.name());
        });
    }

    private static Problem wrong(Task task, String why) {
        var message = "%s cannot be believed: %s".formatted(path(task.id()), why);
        return new Problem(Problem.Kind.INVALID, "invalid_result", message, List.of());
    }

    private static boolean isIn(String directory, String path) {
        int slash = path.lastIndexOf('/');
        var above = slash < 0 ? "." : path.substring(0, slash);
        return above.equals(directory) && !path.endsWith("/..") && !path.equals("..");
    }

    private static Result result(JsonNode head, List<Finding> findings) throws IOException {
        var by = new Result.By(
                head.path("worker").asText(""),
                head.path("token").asLong(),
                head.path("attempt").asInt(),
                head.path("engine").asText(""),
                head.path("model").asText(""),
                head.path("fingerprint").asText(""));
        return new Result(
                by,
                head.path("lines").asLong(),
                head.path("reviewed").asLong(),
                tally(head.path("proposals")),
                rules(head.path("rules")),
                gaps(head.path("gaps")),
                findings);
    }

    /** As the API has them, too. */
    public static Tally tally(JsonNode proposals) {
        return new Tally(
                proposals.path("proposed").asLong(),
                proposals.path("quote_missing").asLong(),
                proposals.path("ambiguous").asLong(),
                proposals.path("outside").asLong(),
                proposals.path("schema").asLong());
    }

    /** As the API has them, too. */
    public static List<Rule> rules(JsonNode rules) throws IOException {
        var lines = new StringBuilder();
        rules.forEach(rule -> lines.append(rule).append('\n'));
        return RuleReader.read(new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** As the API has them, too. */
    public static List<Gap> gaps(JsonNode gaps) {
        var read = new ArrayList<Gap>();
        for (var gap : gaps) {
            var lines = new MissedLines(
                    gap.path("path").asText(),
                    gap.path("first").asInt(),
                    gap.path("last").asInt(),
                    gap.path("reason").asText(),
                    gap.path("detail").asText());
            read.add(lines.gap());
        }
        return read;
    }
}
