package dev.skein.bus;

import io.vertx.core.buffer.Buffer;

/**
 * The binary form of one record type, for what is too frequent or too large for JSON.
 *
 * <p>Thread-safe; both methods may be called from any thread.
 */
public interface Packing<T extends Record> {
    Class<T> type();

    /** Appends the record to the buffer. */
    void pack(T record, Buffer to);

    /**
     * Reads the record back.
     *
     * @param from holds the record from {@code start} (inclusive) to {@code end} (exclusive)
     * @throws IllegalArgumentException when the bytes are not such a record
     */
    T unpack(Buffer from, int start, int end);
}
