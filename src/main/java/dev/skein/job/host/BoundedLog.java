package dev.skein.job.host;

import dev.skein.job.JobRuns.Tailed;
import dev.skein.job.run.JobLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The last bytes of what a call has written. Thread-safe. */
final class BoundedLog implements JobLog {
    private static final int FIRST_BYTES = 1024;

    private final int bytesMax;
    private byte[] kept = new byte[FIRST_BYTES]; // a ring once it has grown to the bound; guarded by this, as is all
    private long written;
    private boolean isEnded;
    private final List<Runnable> waiting = new ArrayList<>();

    BoundedLog(int bytesMax) {
        this.bytesMax = Math.max(FIRST_BYTES, bytesMax);
    }

    @Override
    public void write(Stream stream, byte[] bytes, int from, int length) {
        List<Runnable> told;
        synchronized (this) {
            append(bytes, from, length);
            told = waiters();
        }
        told.forEach(Runnable::run);
    }

    @Override
    public void line(String text) {
        var bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        write(Stream.OUT, bytes, 0, bytes.length);
    }

    private void append(byte[] bytes, int from, int length) {
        while (kept.length < bytesMax && written + length > kept.length) {
            kept = Arrays.copyOf(kept, Math.min(bytesMax, kept.length * 2)); // not yet a ring
        }
        int shown = Math.min(length, kept.length);
        int at = (int) ((written + length - shown) % kept.length);
        int first = Math.min(shown, kept.length - at);
        System.arraycopy(bytes, from + length - shown, kept, at, first);
        System.arraycopy(bytes, from + length - shown + first, kept, 0, shown - first);
        written += length;
    }

    /** Nothing more will come. */
    void end() {
        List<Runnable> told;
        synchronized (this) {
            isEnded = true;
            told = waiters();
        }
        told.forEach(Runnable::run);
    }

    private List<Runnable> waiters() {
        var told = List.copyOf(waiting);
        waiting.clear();
        return told;
    }

    /** Called once something is there after the offset, at once when there is already; on a writer's thread. */
    void whenMore(long offset, Runnable told) {
        synchronized (this) {
            if (!isEnded && offset >= written) {
                waiting.add(told);
                return;
            }
        }
        told.run();
    }

    /** Text from an offset on, by whole lines where there are any; a negative offset counts from the end. */
    synchronized Tailed tail(long offset, int most) {
        long first = Math.max(0, written - kept.length);
        long asked = offset < 0 ? Math.max(0, written + offset) : Math.min(offset, written);
        long from = Math.max(asked, first);
        int length = (int) Math.min(most, written - from);
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = kept[(int) ((from + i) % kept.length)];
        }
        boolean isAll = from + length == written;
        int shown = isAll && isEnded ? length : wholeLines(bytes);
        var text = new String(bytes, 0, shown, StandardCharsets.UTF_8);
        return new Tailed(text, from + shown, from - asked, isEnded && from + shown == written);
    }

    /** How many bytes end with a line, or with a whole character when there is no line. */
    private static int wholeLines(byte[] bytes) {
        for (int i = bytes.length; i > 0; i--) {
            if (bytes[i - 1] == '\n') {
                return i;
            }
        }
        int end = bytes.length;
        while (end > 0 && end > bytes.length - 4 && (bytes[end - 1] & 0xC0) == 0x80) {
            end--;
        }
        return end == 0 || bytes[end - 1] >= 0 || end == bytes.length ? bytes.length : end - 1;
    }

    /** The last characters; empty when nothing was written. */
    synchronized String end(int charactersMax) {
        return tail(-charactersMax, charactersMax).text();
    }
}
