package dev.skein.index.cache;

/** What reading a cache file gave: its content, or why there is none. */
public sealed interface Loaded {
    record Hit(Cached cached) implements Loaded {}

    /** {@code reason} is for the log and names no path. */
    record Miss(String reason) implements Loaded {}
}
