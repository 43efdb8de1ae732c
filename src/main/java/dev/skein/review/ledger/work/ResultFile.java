package dev.skein.review.ledger.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.skein.review.Gap;
import dev.skein.review.finding.lines.FindingWriter;
import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.claim.ClaimNote;
import dev.skein.review.ledger.work.Reviewer.Opinion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a task found, as a file beside the ledger: one line about the task, then one for each finding. */
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

    static byte[] of(Task task, ClaimNote claim, Opinion opinion) {
        var bytes = new ByteArrayOutputStream();
        try {
            bytes.writeBytes(JSON.writeValueAsBytes(head(task, claim, opinion)));
            bytes.write('\n');
            try (var writer = new FindingWriter(bytes)) {
                for (var finding : opinion.findings()) {
                    writer.write(finding);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory takes every byte", e);
        }
        return bytes.toByteArray();
    }

    private static JsonNode head(Task task, ClaimNote claim, Opinion opinion) throws IOException {
        var head = JSON.createObjectNode()
                .put("task", task.id())
                .put("path", task.directory())
                .put("part", task.part())
                .put("parts", task.parts())
                .put("worker", claim.worker())
                .put("token", claim.token())
                .put("attempt", claim.attempt())
                .put("engine", opinion.by().engine())
                .put("model", opinion.by().model())
                .put("fingerprint", opinion.by().fingerprint())
                .put("lines", opinion.lines())
                .put("reviewed", opinion.reviewed())
                .put("tally", opinion.tally());
        rules(head.putArray("rules"), opinion);
        var gaps = head.putArray("gaps");
        for (var gap : opinion.gaps()) {
            gaps.addObject()
                    .put("path", gap.path())
                    .put("first", gap.lines().first())
                    .put("last", gap.lines().last())
                    .put("reason", word(gap.reason()))
                    .put("detail", gap.detail());
        }
        return head;
    }

    private static String word(Gap.Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void rules(ArrayNode rules, Opinion opinion) throws IOException {
        for (var rule : opinion.rules()) {
            var line = new ByteArrayOutputStream();
            try (var writer = new FindingWriter(line)) {
                writer.write(rule);
            }
            rules.add(JSON.readTree(line.toString(StandardCharsets.UTF_8)));
        }
    }
}
