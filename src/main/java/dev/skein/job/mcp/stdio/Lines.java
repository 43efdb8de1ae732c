package dev.skein.job.mcp.stdio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Cuts a stream of bytes into lines of bounded length. Used by one thread. */
final class Lines {
    /** A line is longer than it may be; the stream can only be closed. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static final int CHUNK = 16_384;

    private final InputStream in;
    private final int max;
    private final boolean cut;
    private final byte[] chunk = new byte[CHUNK];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int at;
    private int end;

    /**
     * Lines of a stream.
     *
     * @param cut whether a line that is too long loses its end; otherwise it is a {@link TooLong}
     */
    Lines(InputStream in, int max, boolean cut) {
        this.in = in;
        this.max = max;
        this.cut = cut;
    }

    /** The next line without its end, null when there is none; an unfinished last line counts. */
    byte @Nullable [] next() throws IOException {
        line.reset();
        boolean begun = false;
        while (at < end || fill()) {
            begun = true;
            int newline = newline();
            take(newline < 0 ? end : newline);
            if (newline >= 0) {
                at++;
                return line.toByteArray();
            }
        }
        return begun ? line.toByteArray() : null;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(chunk));
        return end > 0;
    }

    private int newline() {
        for (int i = at; i < end; i++) {
            if (chunk[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private void take(int to) throws TooLong {
        int room = max - line.size();
        if (to - at > room && !cut) {
            throw new TooLong();
        }
        line.write(chunk, at, Math.min(to - at, room));
        at = to;
    }
}
