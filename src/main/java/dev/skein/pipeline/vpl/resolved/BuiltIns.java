package dev.skein.pipeline.vpl.resolved;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The functions every program has. Checker and runtime both read this table and no other. */
public final class BuiltIns {
    private static final int ANY_NUMBER = Integer.MAX_VALUE;
    private static final Map<String, Entry> TABLE = table();

    private BuiltIns() {}

    /**
     * One function.
     *
     * @param argumentsMax {@link Integer#MAX_VALUE} for any number
     * @param tier the tier of the language it belongs to; it works up to {@link #TIER}
     */
    public record Entry(String name, int argumentsMin, int argumentsMax, int tier) {}

    /** The tier this release implements. */
    public static final int TIER = 1;

    public static Optional<Entry> find(String name) {
        return Optional.ofNullable(TABLE.get(name));
    }

    public static Collection<String> names() {
        return TABLE.keySet();
    }

    private static Map<String, Entry> table() {
        var table = new LinkedHashMap<String, Entry>();
        add(table, new Entry("to_string", 1, 1, 1));
        add(table, new Entry("now uuid", 0, 0, 2));
        add(table, new Entry("abs sqrt floor ceil round log log10 exp sin cos tan", 1, 1, 2));
        add(table, new Entry("len first last pop reverse sort keys values sum avg", 1, 1, 2));
        add(table, new Entry("to_int to_float trim lower upper lowercase uppercase", 1, 1, 2));
        add(table, new Entry("type_of is_null is_int is_float is_string is_bool is_array is_map", 1, 1, 2));
        add(table, new Entry("pow push contains get split join starts_with ends_with", 2, 2, 2));
        add(table, new Entry("min max range", 1, 2, 2));
        add(table, new Entry("clamp set replace", 3, 3, 2));
        add(table, new Entry("substring", 2, 3, 2));
        add(table, new Entry("coalesce", 1, ANY_NUMBER, 2));
        return Map.copyOf(table);
    }

    private static void add(Map<String, Entry> table, Entry all) {
        for (var name : all.name.split(" ", -1)) {
            table.put(name, new Entry(name, all.argumentsMin, all.argumentsMax, all.tier));
        }
    }
}
