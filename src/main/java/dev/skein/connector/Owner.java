package dev.skein.connector;

import org.jspecify.annotations.Nullable;

/**
 * Whose link it is.
 *
 * @param groupId null for a pipeline that was given to the worker directly
 * @param placement as {@code p} or {@code p#2}
 */
public record Owner(@Nullable String groupId, String placement, long epoch) {}
