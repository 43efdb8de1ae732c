package dev.skein.http.exchange;

import io.vertx.core.buffer.Buffer;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes bytes and keeps them in pieces, so that a large answer is in memory once and never in one array. */
final class Pieces extends OutputStream {
    static final int PIECE_BYTES = 64 << 10;
    private static final int FIRST_BYTES = 512;

    private final List<Buffer> full = new ArrayList<>();
    private byte[] piece = new byte[FIRST_BYTES];
    private int size;
    private int length;

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        int from = offset;
        int end = offset + count;
        while (from < end) {
            makeRoom(end - from);
            int part = Math.min(end - from, piece.length - size);
            System.arraycopy(bytes, from, piece, size, part);
            size += part;
            from += part;
        }
        length = Math.addExact(length, count);
    }

    private void makeRoom(int wanted) {
        if (size == PIECE_BYTES) {
            full.add(Buffer.buffer(piece));
            piece = new byte[PIECE_BYTES];
            size = 0;
        } else if (size + wanted > piece.length) {
            piece = Arrays.copyOf(piece, Math.min(PIECE_BYTES, Math.max(piece.length * 2, size + wanted)));
        }
    }

    /** All pieces in order, at least one; to be called once, at the end. */
    List<Buffer> buffers() {
        full.add(Buffer.buffer(size == piece.length ? piece : Arrays.copyOf(piece, size)));
        return full;
    }

    int length() {
        return length;
    }
}
