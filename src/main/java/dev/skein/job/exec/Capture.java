package dev.skein.job.exec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The beginning of what a stream carried. Thread-safe. */
final class Capture {
    private final int bytesMax;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean isCut; // guarded by this

    Capture(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    synchronized void add(byte[] bytes, int length) {
        int room = Math.min(length, bytesMax - kept.size());
        kept.write(bytes, 0, room);
        isCut |= room < length;
    }

    synchronized String text() {
        return kept.toString(StandardCharsets.UTF_8);
    }

    synchronized boolean isCut() {
        return isCut;
    }
}
