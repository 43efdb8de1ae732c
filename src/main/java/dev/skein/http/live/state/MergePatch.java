package dev.skein.http.live.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Differences of JSON objects. Neither side may contain a null: in a patch it means that the member is gone.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396, JSON Merge Patch</a>
 */
final class MergePatch {
    private MergePatch() {}

    /** The patch that turns one object into the other; empty when they are equal. */
    static ObjectNode between(ObjectNode from, ObjectNode to) {
        var patch = JsonNodeFactory.instance.objectNode();
        to.properties().forEach(member -> put(patch, member.getKey(), from.get(member.getKey()), member.getValue()));
        from.fieldNames().forEachRemaining(name -> {
            if (!to.has(name)) {
                patch.putNull(name);
            }
        });
        return patch;
    }

    private static void put(ObjectNode patch, String name, JsonNode before, JsonNode after) {
        if (before == after || after.equals(before)) {
            return;
        }
        if (before instanceof ObjectNode old && after instanceof ObjectNode fresh) {
            patch.set(name, between(old, fresh));
        } else {
            patch.set(name, after);
        }
    }

    /** Equal to {@code fresh}, but unchanged parts are those of {@code old} themselves, so that both cost little. */
    static ObjectNode sharing(ObjectNode old, ObjectNode fresh) {
        if (old.equals(fresh)) {
            return old;
        }
        var shared = JsonNodeFactory.instance.objectNode();
        fresh.properties()
                .forEach(member -> shared.set(member.getKey(), sharing(old.get(member.getKey()), member.getValue())));
        return shared;
    }

    private static JsonNode sharing(JsonNode old, JsonNode fresh) {
        if (old instanceof ObjectNode before && fresh instanceof ObjectNode after) {
            return sharing(before, after);
        }
        return fresh.equals(old) ? old : fresh;
    }
}
