package dev.skein.git.exchange;

import org.jspecify.annotations.Nullable;

/**
 * A change of a ref that only happens where the ref is as expected.
 *
 * @param ref whole name
 * @param expected commit that it holds; null: it must not be there
 * @param next commit that it is to hold; null: it is to go
 */
public record Update(
        String ref, @Nullable String expected, @Nullable String next) {}
