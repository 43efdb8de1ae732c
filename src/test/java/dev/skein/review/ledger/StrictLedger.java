package dev.skein.review.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Says what a strict reader of beads would not take, from the format's table and from nothing of the product. */
public final class StrictLedger {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> STATUS =
            Set.of("open", "in_progress", "blocked", "deferred", "closed", "pinned", "hooked", "tombstone");
    private static final Set<String> TYPES = Set.of(
            "bug",
            "feature",
            "task",
            "epic",
            "chore",
            "decision",
            "message",
            "molecule",
            "gate",
            "spike",
            "story",
            "milestone");
    private static final Set<String> KEYS = Set.of(
            "id",
            "title",
            "description",
            "status",
            "priority",
            "issue_type",
            "created_at",
            "updated_at",
            "closed_at",
            "close_reason",
            "started_at",
            "assignee",
            "owner",
            "notes",
            "external_ref",
            "estimated_minutes",
            "metadata",
            "dependencies",
            "comments",
            "labels",
            "ephemeral",
            "no_history");

    private final List<String> faults = new ArrayList<>();
    private final boolean isOwn;

    private StrictLedger(boolean isOwn) {
        this.isOwn = isOwn;
    }

    /** @param isOwn whether all of it was written by Skein, so that there are no other fields at the top */
    public static List<String> faults(byte[] ledger, boolean isOwn) {
        var strict = new StrictLedger(isOwn);
        strict.check(ledger);
        return strict.faults;
    }

    private void check(byte[] ledger) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(ledger))
                    .toString();
        } catch (IOException e) {
            faults.add("no UTF-8");
            return;
        }
        expect(text.isEmpty() || text.endsWith("\n"), "the last line has no end");
        expect(!text.contains("\r"), "lines end with more than LF");
        var last = "";
        for (var line : text.lines().toList()) {
            try {
                var issue = JSON.readTree(line);
                if (issue.path("_type").asText("issue").equals("issue")) {
                    expect(last.compareTo(issue.path("id").asText()) < 0, "not sorted by id, or an id twice: " + line);
                    last = issue.path("id").asText();
                    issue(issue);
                }
            } catch (IOException e) {
                faults.add("no JSON: " + line);
            }
        }
    }

    private void expect(boolean isSo, String fault) {
        if (!isSo) {
            faults.add(fault);
        }
    }

    private void issue(JsonNode issue) {
        var id = issue.path("id").asText();
        expect(id.matches("[A-Za-z0-9_-]+-[a-z0-9]{3,8}(\\.\\d+){0,3}"), id + ": id");
        var title = issue.path("title");
        int bytes = title.asText().getBytes(StandardCharsets.UTF_8).length;
        expect(title.isTextual() && bytes > 0 && bytes <= 500, id + ": title of " + bytes + " bytes");
        expect(STATUS.contains(issue.path("status").asText()), id + ": status " + issue.path("status"));
        var priority = issue.get("priority");
        expect(
                priority != null && priority.isInt() && priority.asInt() >= 0 && priority.asInt() <= 4,
                id + ": priority " + priority);
        expect(TYPES.contains(issue.path("issue_type").asText()), id + ": type " + issue.path("issue_type"));
        time(id, issue.get("created_at"));
        time(id, issue.get("updated_at"));
        boolean isClosed = issue.path("status").asText().equals("closed");
        expect(isClosed == issue.has("closed_at"), id + ": closed_at must be there iff it is closed");
        for (var optional : List.of("closed_at", "started_at")) {
            if (issue.has(optional)) {
                time(id, issue.get(optional));
            }
        }
        optional(id, issue);
        if (isOwn) {
            issue.fieldNames().forEachRemaining(key -> expect(KEYS.contains(key), id + ": unknown key " + key));
        }
    }

    private void time(String id, JsonNode time) {
        try {
            OffsetDateTime.parse(time == null ? "" : time.asText());
        } catch (DateTimeParseException e) {
            faults.add(id + ": no time: " + time);
        }
    }

    private void optional(String id, JsonNode issue) {
        issue.fields().forEachRemaining(field -> {
            var value = field.getValue();
            boolean isEmpty = value.isNull()
                    || value.isArray() && value.isEmpty()
                    || value.isTextual() && value.asText().isEmpty();
            expect(!isEmpty, id + ": " + field.getKey() + " is empty and not left out");
        });
        expect(issue.path("estimated_minutes").asInt(0) >= 0, id + ": estimated_minutes");
        expect(
                !(issue.path("ephemeral").asBoolean()
                        && issue.path("no_history").asBoolean()),
                id + ": ephemeral and no_history");
        for (var comment : issue.path("comments")) {
            expect(comment.path("id").isInt(), id + ": comment's id " + comment.path("id"));
            expect(comment.path("issue_id").asText().equals(id), id + ": comment's issue_id");
            expect(comment.path("author").isTextual() && comment.path("text").isTextual(), id + ": comment");
            time(id, comment.get("created_at"));
        }
        for (var dependency : issue.path("dependencies")) {
            expect(dependency.path("issue_id").isTextual(), id + ": dependency");
            expect(dependency.path("depends_on_id").isTextual(), id + ": dependency");
            expect(dependency.path("type").isTextual(), id + ": dependency");
            time(id, dependency.get("created_at"));
        }
    }
}
