package dev.skein.review.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.kernel.Problem;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One record of a ledger, with all its fields. Immutable; what nobody changed is written as it was read. */
public final class Issue {
    private final ObjectNode fields;
    private final @Nullable String raw; // null when it is not as it was read

    private Issue(ObjectNode fields, @Nullable String raw) {
        this.fields = fields;
        this.raw = raw;
    }

    /** @param raw the line it was read from; null when that does not say the same any more */
    static Issue read(ObjectNode fields, @Nullable String raw) {
        return new Issue(fields, raw);
    }

    /** A new one, open, that has only what every issue has. */
    static Edit create(String id, String title, Instant now) {
        var fields = Json.object();
        fields.put("id", id).put("title", title).put("status", "open").put("priority", 2);
        fields.put("issue_type", "task").put("created_at", now.toString()).put("updated_at", now.toString());
        return new Edit(fields, List.of());
    }

    public String id() {
        return text("id");
    }

    /** Empty when it is not there. */
    public String text(String field) {
        return fields.path(field).asText("");
    }

    public String status() {
        return text("status");
    }

    public boolean isClosed() {
        return status().equals("closed");
    }

    public int priority() {
        return fields.path("priority").asInt(0);
    }

    /** A field of its metadata; missing when there is none. */
    public JsonNode metadata(String key) {
        return fields.path("metadata").path(key);
    }

    /** When this field says; the epoch when it says nothing that is a time. */
    public Instant time(String field) {
        var time = timeOf(fields.path(field).asText(""));
        return time == null ? Instant.EPOCH : time;
    }

    /** Null for what is no time in the form of RFC 3339. */
    static @Nullable Instant timeOf(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** The text of its last comment; empty without one. */
    public String lastComment() {
        var comments = fields.path("comments");
        return comments.path(comments.size() - 1).path("text").asText("");
    }

    /** Nobody may change it. */
    ObjectNode fields() {
        return fields;
    }

    /** As it is written, without an end. */
    String line() {
        return raw == null ? Json.write(fields) : raw;
    }

    /** A copy to be changed. */
    public Edit edit() {
        return new Edit(fields.deepCopy(), IssueRules.faults(fields));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Issue issue && fields.equals(issue.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    @Override
    public String toString() {
        return line();
    }

    /** Changes that become an issue when they are done. Not thread-safe. */
    public static final class Edit {
        private final ObjectNode fields;
        private final List<String> known; // faults that others made, which stop nobody

        private Edit(ObjectNode fields, List<String> known) {
            this.fields = fields;
            this.known = known;
        }

        public Edit set(String field, String text) {
            if (text.isEmpty()) {
                fields.remove(field);
            } else {
                fields.put(field, text);
            }
            return this;
        }

        public Edit priority(int priority) {
            fields.put("priority", priority);
            return this;
        }

        /** Closes it, or opens it again. */
        public Edit status(String status, Instant now) {
            fields.put("status", status);
            if (status.equals("closed")) {
                fields.put("closed_at", now.toString());
            } else {
                fields.remove(List.of("closed_at", "close_reason"));
            }
            return this;
        }

        public Edit metadata(String key, JsonNode value) {
            own().set(key, value);
            return this;
        }

        public Edit metadata(String key, String value) {
            own().put(key, value);
            return this;
        }

        public Edit metadata(String key, long value) {
            own().put(key, value);
            return this;
        }

        public Edit withoutMetadata(String... keys) {
            own().remove(List.of(keys));
            return this;
        }

        /** What is no object is kept below a key of its own. */
        private ObjectNode own() {
            var metadata = fields.path("metadata");
            if (metadata instanceof ObjectNode object) {
                return object;
            }
            var object = Json.object();
            if (!metadata.isMissingNode() && !metadata.isNull()) {
                object.set("foreign", metadata);
            }
            fields.set("metadata", object);
            return object;
        }

        public Edit label(String label, boolean isThere) {
            var labels = new ArrayList<String>();
            fields.path("labels").forEach(each -> labels.add(each.asText()));
            labels.remove(label);
            if (isThere) {
                labels.add(label);
            }
            fields.remove("labels");
            if (!labels.isEmpty()) {
                var array = fields.putArray("labels");
                labels.forEach(array::add);
            }
            return this;
        }

        public Edit comment(String author, String text, Instant now) {
            var comments = fields.path("comments") instanceof ArrayNode array ? array : fields.putArray("comments");
            comments.addObject()
                    .put("id", nextId(comments))
                    .put("issue_id", fields.path("id").asText())
                    .put("author", author)
                    .put("text", text)
                    .put("created_at", now.toString());
            return this;
        }

        private static long nextId(ArrayNode comments) {
            long last = 0;
            for (var comment : comments) {
                last = Math.max(last, comment.path("id").asLong(0));
            }
            return last + 1;
        }

        /**
         * The issue.
         *
         * @throws Problem INVALID {@code invalid_issue} naming what breaks the rules and did not before
         */
        public Issue done(Instant now) {
            var before = timeOf(fields.path("updated_at").asText(""));
            var updated = before == null || now.isAfter(before) ? now : before.plusMillis(1);
            fields.put("updated_at", updated.toString());
            return unstamped();
        }

        /** The same without a new time of change. */
        Issue unstamped() {
            numberComments();
            var faults = new ArrayList<>(IssueRules.faults(fields));
            faults.removeAll(known);
            if (!faults.isEmpty()) {
                var message = fields.path("id").asText() + " would break the rules of the ledger: " + faults.get(0);
                throw new Problem(Problem.Kind.INVALID, "invalid_issue", message, faults);
            }
            return new Issue(Json.copy(fields), null);
        }

        /** Old readers take only numbers. */
        private void numberComments() {
            if (fields.path("comments") instanceof ArrayNode comments) {
                for (var comment : comments) {
                    if (comment instanceof ObjectNode object
                            && !object.path("id").isIntegralNumber()) {
                        object.put("id", nextId(comments));
                    }
                }
            }
        }
    }

    static boolean isSame(@Nullable Issue one, @Nullable Issue other) {
        return Objects.equals(one, other);
    }
}
