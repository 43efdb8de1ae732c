package dev.skein.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one sort of item looks like.
 *
 * @param plural the word for several of them
 * @param id path of the field that names an item
 * @param columns in the order of the table; the last ones go first when the terminal is narrow
 */
public record Kind(String plural, String id, List<Column> columns) {
    public Kind {
        columns = List.copyOf(columns);
    }

    /** Every field that an item may be asked for: those of the table and those seen. */
    Set<String> fields(Collection<? extends JsonNode> items) {
        var known = new TreeSet<String>();
        columns.forEach(column -> known.add(column.field()));
        items.forEach(item -> item.fieldNames().forEachRemaining(known::add));
        return known;
    }

    /** Whether a path begins with a known field. */
    static boolean knows(Set<String> known, String path) {
        return known.contains(path) || known.contains(path.replaceFirst("\\..*", ""));
    }

    /** The value at a path of names and positions separated by dots; missing when there is none. */
    public static JsonNode at(JsonNode item, String path) {
        var node = item;
        for (var part : path.split("\\.")) {
            node = node.isArray() && part.matches("[0-9]{1,9}") ? node.path(Integer.parseInt(part)) : node.path(part);
        }
        return node;
    }

    String idOf(JsonNode item) {
        return at(item, id).asText();
    }
}
