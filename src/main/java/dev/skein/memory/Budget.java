package dev.skein.memory;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Bytes that caches may hold.
 *
 * @param total bytes, the sum of the categories
 * @param categories bytes of every category
 */
public record Budget(long total, Map<Category, Long> categories) {
    static final long FLOOR_BYTES = 512L << 20;
    static final long CEILING_BYTES = 4L << 30;
    private static final int PERCENT = 100;

    public Budget {
        categories = Map.copyOf(categories);
        if (categories.size() != Category.values().length || sum(categories) != total) {
            throw new IllegalArgumentException("categories must sum up to " + total + ", got " + categories);
        }
    }

    /** Bytes of one category. */
    public long of(Category category) {
        return categories.getOrDefault(category, 0L);
    }

    /** A quarter of what there is, between 512 MiB and 4 GiB, and never more than half of it. */
    public static Budget of(long effective) {
        long floor = Math.min(FLOOR_BYTES, effective / 2);
        return split(Math.max(floor, Math.min(CEILING_BYTES, effective / 4)));
    }

    /** The total divided by the default shares, the rest to {@link Category#OTHER}. */
    public static Budget split(long total) {
        var parts = new EnumMap<Category, Long>(Category.class);
        for (var category : Category.values()) {
            parts.put(category, share(total, category.percent, PERCENT));
        }
        return of(total, parts);
    }

    /** The total, divided anew when it is given, and then single categories; what is too much is scaled down. */
    public Budget with(OptionalLong newTotal, Map<Category, Long> given) {
        var base = newTotal.isPresent() ? split(newTotal.getAsLong()) : this;
        if (given.isEmpty()) {
            return base;
        }
        var parts = new EnumMap<Category, Long>(base.categories);
        parts.putAll(given);
        var wished = parts.values().stream().map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        var total = BigInteger.valueOf(base.total);
        if (wished.compareTo(total) > 0) {
            parts.replaceAll((category, bytes) ->
                    BigInteger.valueOf(bytes).multiply(total).divide(wished).longValueExact());
        }
        return of(base.total, parts);
    }

    /** What the parts leave goes to {@link Category#OTHER}. */
    private static Budget of(long total, Map<Category, Long> parts) {
        var all = new EnumMap<Category, Long>(parts);
        all.merge(Category.OTHER, total - sum(parts), Long::sum);
        return new Budget(total, all);
    }

    /** {@code bytes × part / whole} without overflow. */
    static long share(long bytes, long part, long whole) {
        return whole == 0
                ? 0
                : BigInteger.valueOf(bytes)
                        .multiply(BigInteger.valueOf(part))
                        .divide(BigInteger.valueOf(whole))
                        .longValueExact();
    }

    private static long sum(Map<Category, Long> parts) {
        return parts.values().stream().mapToLong(Long::longValue).sum();
    }
}
