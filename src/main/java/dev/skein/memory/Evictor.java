package dev.skein.memory;

/** Lets go of what can be had again. Values in use stay valid for those who hold them. */
public interface Evictor {
    /** Who gives way first: the least. */
    default int priority() {
        return 0;
    }

    /** Writes what is only in memory, before anything is let go. */
    default void flushToDisk() {
        return; // most caches have nothing to write
    }

    /** Lets go until about so many bytes are left, and says so on its registration before it returns. */
    void evictTo(long bytes);
}
