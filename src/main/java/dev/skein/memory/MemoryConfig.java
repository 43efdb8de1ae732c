package dev.skein.memory;

import dev.skein.config.Settings;
import dev.skein.kernel.ByteSize;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How much memory this node uses. A value of the environment that cannot be read is left out with a warning, one of a
 * file or an argument stops the start.
 *
 * @param budget most this node and its children may use together ({@code memory.budget}, default: what the machine has)
 * @param total bytes of all caches ({@code memory.total_bytes}, default: a quarter of what there is, 512 MiB to 4 GiB)
 * @param categories bytes of single caches ({@code memory.query_cache_bytes}, {@code memory.syntax_trees_bytes},
 *     {@code memory.indexes_bytes}, {@code memory.type_info_bytes}, {@code memory.other_bytes})
 * @param reserve kept for this process itself ({@code memory.reserve}, default: what its heap may take and 256 MiB, at
 *     most a quarter)
 * @param headroom kept free ({@code memory.headroom}, default: a sixteenth)
 * @param warnings what was left out, one sentence each
 */
public record MemoryConfig(
        OptionalLong budget,
        OptionalLong total,
        Map<Category, Long> categories,
        OptionalLong reserve,
        OptionalLong headroom,
        List<String> warnings) {
    public static final MemoryConfig DEFAULTS = new MemoryConfig(
            OptionalLong.empty(),
            OptionalLong.empty(),
            Map.of(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of());
    private static final long OWN_NATIVE_BYTES = 256L << 20;
    private static final int OWN_SHARE = 4;
    private static final int HEADROOM_SHARE = 16;

    public MemoryConfig {
        categories = Map.copyOf(categories);
        warnings = List.copyOf(warnings);
    }

    public static MemoryConfig from(Settings settings) {
        var warnings = new ArrayList<String>();
        var budget = size(settings, "memory.budget", warnings);
        var total = size(settings, "memory.total_bytes", warnings);
        var categories = new EnumMap<Category, Long>(Category.class);
        for (var category : Category.values()) {
            size(settings, "memory." + category.word() + "_bytes", warnings)
                    .ifPresent(bytes -> categories.put(category, bytes));
        }
        var reserve = size(settings, "memory.reserve", warnings);
        return new MemoryConfig(
                budget, total, categories, reserve, size(settings, "memory.headroom", warnings), warnings);
    }

    /** The budget of caches on a machine. */
    public Budget caches(Effective effective) {
        return Budget.of(effective.chosen()).with(total, categories);
    }

    /** Bytes that may be promised to jobs on a machine. */
    public long capacity(Effective effective, Usage usage) {
        long all = effective.chosen();
        long own = reserve.orElse(Math.min(usage.heapMax() + OWN_NATIVE_BYTES, all / OWN_SHARE));
        return Math.max(0, all - own - headroom.orElse(all / HEADROOM_SHARE));
    }

    private static OptionalLong size(Settings settings, String key, List<String> warnings) {
        var text = settings.optional(key);
        if (text == null) {
            return OptionalLong.empty();
        }
        var value = settings.inForce().get(key);
        var origin = value == null ? "" : value.origin();
        try {
            return OptionalLong.of(positive(text));
        } catch (IllegalArgumentException wrong) {
            if (origin.startsWith("environment ")) {
                warnings.add("%s=%s is left out: %s".formatted(origin.substring(12), text, wrong.getMessage()));
            } else {
                var sentence = "%s must be a size, got %s (%s; %s)".formatted(key, text, origin, wrong.getMessage());
                settings.build("", () -> refuse(sentence));
            }
            return OptionalLong.empty();
        }
    }

    private static long positive(String text) {
        long bytes = ByteSize.parse(text);
        if (bytes == 0) {
            throw new IllegalArgumentException("must be more than nothing");
        }
        return bytes;
    }

    private static String refuse(String sentence) {
        throw new IllegalArgumentException(sentence);
    }
}
