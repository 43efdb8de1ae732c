package dev.skein.kernel;

import java.util.List;

/**
 * Which part of a list is wanted.
 *
 * @param limit how many items at most, 1 to {@value #LIMIT_MAX}
 * @param offset how many items to leave out first, 0 or more
 */
public record Page(int limit, int offset) {
    public static final int LIMIT_MAX = 1_000;
    public static final Page FIRST = new Page(50, 0);

    public Page {
        Check.between("limit", limit, 1, LIMIT_MAX);
        Check.between("offset", offset, 0, Integer.MAX_VALUE);
    }

    /** This part of the items, in their order; empty when the offset lies behind the end. */
    public <T> List<T> of(List<T> items) {
        int from = Math.min(offset, items.size());
        return List.copyOf(items.subList(from, Math.min(items.size(), from + limit)));
    }
}
