package dev.skein.review.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes one record of two that come from the same. All fields of both count; which side is which does not. */
final class IssueMerge {
    /** These say together where a task is, so they come from one side. */
    private static final Set<String> STATE =
            Set.of("status", "closed_at", "close_reason", "started_at", "assignee", "closed_by_session");

    private static final Set<String> SETS = Set.of("labels", "dependencies");

    private final ObjectNode base;
    private final ObjectNode ours;
    private final ObjectNode theirs;

    /** Whose state counts. */
    private final boolean oursLead;

    /** Whose word counts where both changed the same: who changed the record later. */
    private final boolean oursLater;

    private IssueMerge(ObjectNode base, Issue ours, Issue theirs) {
        this.base = base;
        this.ours = ours.fields();
        this.theirs = theirs.fields();
        this.oursLead = leads(ours, theirs);
        this.oursLater = isLater(ours, theirs);
    }

    /** @param base null when there was none */
    static Issue merge(@Nullable Issue base, Issue ours, Issue theirs) {
        if (ours.equals(theirs) || theirs.equals(base)) {
            return ours;
        }
        if (ours.equals(base)) {
            return theirs;
        }
        return new IssueMerge(base == null ? Json.object() : base.fields(), ours, theirs).merged();
    }

    /* What is closed under the current token is closed; a claim that is not the last one closes nothing. */
    private static boolean leads(Issue ours, Issue theirs) {
        for (var end : List.of("tombstone", "closed", "blocked")) {
            boolean one = ours.status().equals(end);
            boolean other = theirs.status().equals(end);
            if (one != other) {
                long by = token(ours) - token(theirs);
                return end.equals("tombstone") ? one : one ? by >= 0 : by > 0;
            }
        }
        int by = Long.compare(token(ours), token(theirs));
        return by == 0 ? isLater(ours, theirs) : by > 0;
    }

    /** Of the same time, any order that does not depend on the side. */
    private static boolean isLater(Issue ours, Issue theirs) {
        int by = ours.time("updated_at").compareTo(theirs.time("updated_at"));
        return by == 0 ? ours.fields().toString().compareTo(theirs.fields().toString()) >= 0 : by > 0;
    }

    private static long token(Issue issue) {
        return Task.token(issue.metadata("token"));
    }

    private Issue merged() {
        var merged = Json.object();
        boolean oursState = isChanged(ours) == isChanged(theirs) ? oursLead : isChanged(ours);
        for (var key : keys(ours, theirs)) {
            if (STATE.contains(key)) {
                put(merged, key, (oursState ? ours : theirs).path(key));
            } else {
                put(merged, key, field(key));
            }
        }
        unclaim(merged);
        return Issue.read(Json.copy(merged), null);
    }

    private boolean isChanged(ObjectNode side) {
        return STATE.stream().anyMatch(key -> !side.path(key).equals(base.path(key)))
                || !side.path("metadata")
                        .path("token")
                        .equals(base.path("metadata").path("token"));
    }

    /** Who has it of two says the ref of its claim, never a merge. */
    private void unclaim(ObjectNode merged) {
        boolean isDisputed = merged.path("status").asText().equals("in_progress")
                && ours.path("status").equals(theirs.path("status"))
                && !ours.path("assignee").equals(theirs.path("assignee"))
                && ours.path("metadata")
                        .path("token")
                        .equals(theirs.path("metadata").path("token"));
        if (isDisputed) {
            merged.put("status", "open").remove(List.of("assignee", "started_at"));
        }
    }

    private JsonNode field(String key) {
        var b = base.path(key);
        var o = ours.path(key);
        var t = theirs.path(key);
        if (key.equals("updated_at")) {
            return later(o, t);
        }
        boolean isList = isList(o) && isList(t);
        if (key.equals("comments") && (isList || isChanged(b, o, t))) {
            return comments(o, t);
        }
        if (SETS.contains(key) && (isList || isChanged(b, o, t))) {
            return set(b, o, t);
        }
        return value(b, o, t, key.equals("metadata") ? oursLead : oursLater);
    }

    private static boolean isList(JsonNode value) {
        return value.isArray() || value.isMissingNode();
    }

    /** Whether both sides changed it, and not to the same. */
    private static boolean isChanged(JsonNode b, JsonNode o, JsonNode t) {
        return !o.equals(t) && !t.equals(b) && !o.equals(b);
    }

    private static JsonNode later(JsonNode one, JsonNode other) {
        var first = Issue.timeOf(one.asText(""));
        var second = Issue.timeOf(other.asText(""));
        boolean isFirst = second == null || first != null && first.compareTo(second) >= 0;
        return isFirst ? one : other;
    }

    /** The side that changed; where both did, objects field by field and others by whose word counts. */
    private static JsonNode value(JsonNode b, JsonNode o, JsonNode t, boolean isOurs) {
        if (o.equals(t) || t.equals(b)) {
            return o;
        }
        if (o.equals(b)) {
            return t;
        }
        if (o instanceof ObjectNode one && t instanceof ObjectNode other) {
            var merged = Json.object();
            for (var key : keys(one, other)) {
                put(merged, key, value(b.path(key), one.path(key), other.path(key), isOurs));
            }
            return merged;
        }
        if (o.isMissingNode() || t.isMissingNode()) {
            return o.isMissingNode() ? t : o; // a change is worth more than that it was left out
        }
        return isOurs ? o : t;
    }

    private static void put(ObjectNode to, String key, JsonNode value) {
        if (!value.isMissingNode()) {
            to.set(key, value);
        }
    }

    private static Set<String> keys(ObjectNode one, ObjectNode other) {
        var keys = new LinkedHashSet<String>();
        one.fieldNames().forEachRemaining(keys::add);
        other.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** What either has, without what either took away. */
    private static JsonNode set(JsonNode b, JsonNode o, JsonNode t) {
        var before = elements(b);
        var one = elements(o);
        var other = elements(t);
        var all = new LinkedHashSet<>(one);
        all.addAll(other);
        all.removeIf(each -> before.contains(each) && !(one.contains(each) && other.contains(each)));
        if (all.isEmpty()) {
            return MissingNode.getInstance();
        }
        var sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(JsonNode::toString));
        var array = Json.object().arrayNode();
        sorted.forEach(array::add);
        return array;
    }

    /** What should be a list and is none is the only thing in it. */
    private static Set<JsonNode> elements(JsonNode list) {
        var elements = new LinkedHashSet<JsonNode>();
        if (list.isArray()) {
            list.forEach(elements::add);
        } else if (!list.isMissingNode() && !list.isNull()) {
            elements.add(list);
        }
        return elements;
    }

    /** All of both, in the order of their times; numbers that two have are given anew. */
    private static JsonNode comments(JsonNode o, JsonNode t) {
        var all = new TreeMap<String, JsonNode>();
        for (var side : List.of(o, t)) {
            elements(side).forEach(each -> all.merge(key(each), each, (one, two) -> smaller(one, two)));
        }
        if (all.isEmpty()) {
            return MissingNode.getInstance();
        }
        var numbers = new LinkedHashSet<JsonNode>();
        all.values().forEach(each -> numbers.add(each.path("id")));
        var merged = Json.object().arrayNode();
        int next = 1;
        for (var each : all.values()) {
            var comment = each.deepCopy();
            if (numbers.size() < all.size() && comment instanceof ObjectNode object) {
                object.put("id", next++);
            }
            merged.add(comment);
        }
        return merged;
    }

    private static JsonNode smaller(JsonNode one, JsonNode two) {
        return one.toString().compareTo(two.toString()) <= 0 ? one : two;
    }

    private static String key(JsonNode comment) {
        if (!comment.isObject()) {
            return comment.toString();
        }
        var at = Issue.timeOf(comment.path("created_at").asText(""));
        var time = at == null ? comment.path("created_at").asText("") : at.toString();
        return time + "\0" + comment.path("author").asText("") + "\0"
                + comment.path("text").asText("");
    }
}
