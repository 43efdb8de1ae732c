package dev.skein.http.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How far one viewer is behind. Confined to its owner.
 *
 * <p>The kernel takes in megabytes for a reader that does not read, so a socket's readiness says nothing. Every frame
 * is therefore followed by a numbered ping: its answer proves that all before it was read. While more than a window's
 * bytes are unproven nothing more is sent, and a viewer that leaves a frame unread for too long is slow.
 */
final class Window {
    /** Bytes that may be on the way to one viewer before it gets no more; one frame may go beyond. */
    static final int BYTES_MAX = 64 * 1024;

    private final Deque<Sent> sent = new ArrayDeque<>(); // unproven, oldest first
    private final Duration slowAfter;
    private long number;
    private long bytes;

    private record Sent(long number, int bytes, Instant at) {}

    Window(Duration slowAfter) {
        this.slowAfter = slowAfter;
    }

    /** Notes a frame on its way and numbers the ping to send behind it. */
    long sent(int frameBytes, Instant now) {
        sent.addLast(new Sent(++number, frameBytes, now));
        bytes += frameBytes;
        return number;
    }

    /** The viewer has read everything up to that ping; a number never sent proves nothing. */
    void proven(long upTo) {
        if (upTo > number) {
            return;
        }
        while (!sent.isEmpty() && sent.getFirst().number <= upTo) {
            bytes -= sent.removeFirst().bytes;
        }
    }

    boolean hasRoom() {
        return bytes <= BYTES_MAX;
    }

    boolean isSlow(Instant now) {
        return !sent.isEmpty() && sent.getFirst().at.plus(slowAfter).isBefore(now);
    }

    long bytes() {
        return bytes;
    }
}
