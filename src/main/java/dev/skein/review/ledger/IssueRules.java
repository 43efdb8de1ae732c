package dev.skein.review.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a record must be so that every reader takes it. */
final class IssueRules {
    static final int TITLE_MAX = 500; // bytes
    static final int PRIORITY_MAX = 4;

    /** Words that are no status and what they mean. */
    static final Map<String, String> ALIASES =
            Map.of("pending", "open", "completed", "closed", "failed", "blocked", "in-progress", "in_progress");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*-[0-9a-z]{3,8}(?:\\.[0-9]+){0,3}");
    private static final Pattern STATUS = Pattern.compile("[a-z][a-z0-9_-]{0,63}");
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
    private static final List<String> TEXTS = List.of("assignee", "owner", "notes", "external_ref", "close_reason");
    private static final List<String> LISTS = List.of("labels", "dependencies", "comments");

    private final ObjectNode fields;
    private final List<String> faults = new ArrayList<>();

    private IssueRules(ObjectNode fields) {
        this.fields = fields;
    }

    /** What is wrong with a record, one sentence each; empty for a sound one. */
    static List<String> faults(ObjectNode fields) {
        var rules = new IssueRules(fields);
        rules.head();
        rules.times();
        rules.texts();
        rules.lists();
        return List.copyOf(rules.faults);
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    private void expect(boolean isSo, String fault) {
        if (!isSo) {
            faults.add(fault);
        }
    }

    private void head() {
        expect(matches("id", ID), "id must be PREFIX-HASH with 3 to 8 characters of 0-9 and a-z");
        var title = fields.path("title");
        expect(title.isTextual() && !title.asText().isBlank(), "title must be a text that is not blank");
        expect(bytes(title.asText("")) <= TITLE_MAX, "title must have at most 500 bytes");
        var status = fields.path("status").asText("");
        expect(matches("status", STATUS) && !ALIASES.containsKey(status), "status must be a status of beads");
        var priority = fields.path("priority");
        expect(
                priority.isIntegralNumber()
                        && priority.canConvertToInt()
                        && priority.asInt() >= 0
                        && priority.asInt() <= PRIORITY_MAX,
                "priority must be there and be 0 to 4");
        expect(TYPES.contains(fields.path("issue_type").asText("")), "issue_type must be a type of beads");
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private boolean matches(String field, Pattern pattern) {
        var value = fields.path(field);
        return value.isTextual() && pattern.matcher(value.asText()).matches();
    }

    private void times() {
        expect(isTime(fields.path("created_at")), "created_at must be a time of RFC 3339");
        expect(isTime(fields.path("updated_at")), "updated_at must be a time of RFC 3339");
        boolean isClosed = fields.path("status").asText("").equals("closed");
        expect(fields.has("closed_at") == isClosed, "closed_at must be there if and only if the status is closed");
        for (var optional : List.of("closed_at", "started_at")) {
            expect(!fields.has(optional) || isTime(fields.path(optional)), optional + " must be a time of RFC 3339");
        }
    }

    private static boolean isTime(JsonNode value) {
        return value.isTextual() && Issue.timeOf(value.asText()) != null;
    }

    private void texts() {
        for (var field : TEXTS) {
            expect(!fields.has(field) || isText(fields.path(field)), field + " must be left out or be a text");
        }
        var minutes = fields.path("estimated_minutes");
        expect(
                minutes.isMissingNode() || minutes.isIntegralNumber() && minutes.asLong() >= 0,
                "estimated_minutes must be 0 or more");
        expect(
                !(fields.path("ephemeral").asBoolean(false)
                        && fields.path("no_history").asBoolean(false)),
                "ephemeral and no_history exclude each other");
    }

    private static boolean isText(JsonNode value) {
        return value.isTextual() && !value.asText().isEmpty();
    }

    private void lists() {
        for (var list : LISTS) {
            var value = fields.path(list);
            expect(
                    value.isMissingNode() || value.isArray() && !value.isEmpty(),
                    list + " must be left out or be a list with something in it");
        }
        fields.path("labels").forEach(label -> expect(isText(label), "labels must be texts"));
        for (var dependency : fields.path("dependencies")) {
            boolean isWhole = isText(dependency.path("issue_id"))
                    && isText(dependency.path("depends_on_id"))
                    && isText(dependency.path("type"))
                    && isTime(dependency.path("created_at"));
            expect(isWhole, "dependencies must have issue_id, depends_on_id, type and created_at");
        }
        for (var comment : fields.path("comments")) {
            boolean isWhole = comment.path("id").isIntegralNumber()
                    && comment.path("issue_id")
                            .asText("")
                            .equals(fields.path("id").asText(""))
                    && isText(comment.path("author"))
                    && comment.path("text").isTextual()
                    && isTime(comment.path("created_at"));
            expect(isWhole, "comments must have a number as id, the issue's id, author, text and created_at");
        }
    }
}
