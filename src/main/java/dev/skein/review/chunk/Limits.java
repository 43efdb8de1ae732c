package dev.skein.review.chunk;

import dev.skein.kernel.Problem;

/**
 * How large pieces may be.
 *
 * @param wholeLines a file with no more lines than these is one piece, if its tokens allow
 * @param chunkLines that a piece owns at most
 * @param contextLines that are shown before and after what a piece owns at most
 * @param tokens of what is shown, a token being three characters
 */
public record Limits(int wholeLines, int chunkLines, int contextLines, int tokens) {
    /** Characters of a token. */
    public static final int TOKEN = 3;

    /** Characters that a line takes beside its text: its end, and its number where that is shown. */
    public static final int LINE = 8;

    public static final Limits DEFAULTS = new Limits(400, 250, 10, 16_000);

    public Limits {
        if (wholeLines < 1 || chunkLines < 1 || contextLines < 0 || tokens < 1) {
            throw Problem.invalid("lines and tokens of a chunk must be 1 or more, lines around it 0 or more");
        }
    }

    public Limits within(int budget) {
        return new Limits(wholeLines, chunkLines, contextLines, budget);
    }

    long characters() {
        return (long) tokens * TOKEN;
    }
}
