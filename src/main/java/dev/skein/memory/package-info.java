/**
 * How much memory this node may use, what uses it, and what gives way: the effective limit, the budget of caches by
 * category, pressure, eviction, and the bytes reserved for jobs.
 *
 * <p><b>Invariant:</b> nothing here allocates for others or knows what is cached; owners register counters and
 * evictors, and the sum of the categories is the budget at all times.
 */
@NullMarked
package dev.skein.memory;

import org.jspecify.annotations.NullMarked;
