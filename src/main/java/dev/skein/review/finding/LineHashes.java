package dev.skein.review.finding;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The {@code primaryLocationLineHash} of every line of a text, as code scanning of GitHub computes it where a tool
 * gave none. Immutable.
 */
public final class LineHashes {
    /*
     * A rolling hash over a window of 100 UTF-16 units: h = 37 h + c - 37^100 out, in 64 bits that wrap around.
     * Blanks and tabs are passed over, and a line feed directly behind a carriage return; a carriage return counts
     * as a line feed. The hash of a line is the one at which its first unit is about to leave the window, so it is
     * of that line and what follows. The end of the text is a unit of its own, and then come zeros until the last
     * line has left [1].
     *
     * [1] github/codeql-action, src/fingerprints.ts
     */
    private static final int WINDOW = 100;

    private static final long FACTOR = 37;
    private static final char END = 65_535;
    private static final long LEAVING = power();

    private final int[] window = new int[WINDOW];
    private final int[] lineAt = new int[WINDOW]; // the line that begins with this unit, or 0
    private long hash;
    private int index;
    private int line;
    private boolean lineStarts = true;
    private boolean afterReturn;
    private long[] hashes = new long[64];
    private final int[] occurrences;

    public LineHashes(String text) {
        for (int i = 0; i < text.length(); i++) {
            take(text.charAt(i));
        }
        take(END);
        for (int i = 0; i < WINDOW; i++) {
            leave();
            enter(0);
        }
        occurrences = counted();
    }

    private static long power() {
        long power = 1;
        for (int i = 0; i < WINDOW; i++) {
            power *= FACTOR;
        }
        return power;
    }

    private void take(char unit) {
        if (unit == ' ' || unit == '\t' || (afterReturn && unit == '\n')) {
            afterReturn = false;
            return;
        }
        afterReturn = unit == '\r';
        char kept = afterReturn ? '\n' : unit;
        leave();
        if (lineStarts) {
            lineStarts = false;
            lineAt[index] = ++line;
        }
        lineStarts = kept == '\n';
        enter(kept);
    }

    private void leave() {
        int done = lineAt[index];
        if (done > 0) {
            hashes = done > hashes.length ? Arrays.copyOf(hashes, hashes.length * 2) : hashes;
            hashes[done - 1] = hash;
            lineAt[index] = 0;
        }
    }

    private void enter(int unit) {
        hash = FACTOR * hash + unit - LEAVING * window[index];
        window[index] = unit;
        index = (index + 1) % WINDOW;
    }

    private int[] counted() {
        Map<Long, Integer> seen = new HashMap<>();
        var numbers = new int[line];
        for (int i = 0; i < line; i++) {
            numbers[i] = seen.merge(hashes[i], 1, Integer::sum);
        }
        return numbers;
    }

    /** How many lines have one: a line of blanks at the end of the text has none of its own. */
    public int lines() {
        return line;
    }

    /**
     * Hash in lower-case hex, a colon, and which of the lines with this hash it is, from 1; empty past the last line.
     */
    public String of(int line) {
        return line < 1 || line > this.line ? "" : Long.toHexString(hashes[line - 1]) + ":" + occurrences[line - 1];
    }
}
