package dev.skein.index.match;

import java.util.Arrays;
import java.util.List;

/**
 * Scores names against queries over UTF-8 bytes. Not thread-safe: keeps its scratch space.
 *
 * <p>Every byte of the name that is not matched costs one, wherever it is, so that this cost is the same for every
 * alignment of one query and one name. What is left to choose is which bytes to match: one row per byte of the query,
 * and
 * in it for each byte of the name the best that ends there, from the best of the row above that ended anywhere before.
 */
public final class Scorer {
    private static final int PREFIX_SCORE = 1_000_000;
    private static final int MATCHED = 10;
    private static final int WORD_START = 15;
    private static final int SAME_CASE = 2;
    private static final int ADJACENT = 5;
    private static final int UNREACHABLE = Integer.MIN_VALUE / 4;

    private static final byte[] FOLD = new byte[256];
    private static final boolean[] SEPARATOR = new boolean[256];

    static {
        for (int i = 0; i < 256; i++) {
            FOLD[i] = (byte) (i >= 'A' && i <= 'Z' ? i + 32 : i);
            SEPARATOR[i] = i < 128 && "_- /\\.:<>()[]".indexOf(i) >= 0;
        }
    }

    private int[] row = new int[256];
    private int[] above = new int[256];

    static byte fold(byte b) {
        return FOLD[b & 0xFF];
    }

    /** The most that a name of {@code nameBytes} can score unless the query is its prefix. */
    public static long most(int queryBytes, int nameBytes) {
        return most(queryBytes, nameBytes, queryBytes);
    }

    /** The same when at most {@code starts} of the bytes matched are the first of a word. */
    static long most(int queryBytes, int nameBytes, int starts) {
        long each = MATCHED + SAME_CASE + ADJACENT;
        return each * queryBytes - ADJACENT + (long) WORD_START * starts - (nameBytes - queryBytes);
    }

    static boolean isPrefix(byte[] folded, byte[] name) {
        if (folded.length > name.length) {
            return false;
        }
        for (int i = 0; i < folded.length; i++) {
            if (folded[i] != FOLD[name[i] & 0xFF]) {
                return false;
            }
        }
        return true;
    }

    static long prefix(int length) {
        return Rank.prefix(PREFIX_SCORE - length);
    }

    /** Whether the folded query is a subsequence of the name, character by character. */
    static boolean isSubsequence(byte[] folded, byte[] name) {
        return advance(folded, 0, new Part(name, 0, name.length)) == folded.length;
    }

    /** Some bytes of a text, all of each character. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Part(byte[] text, int from, int to) {}

    /** How far into the folded query one is after the text, having been at {@code before} before it. */
    static int advance(byte[] folded, int before, Part part) {
        int at = before;
        for (int i = part.from; i < part.to && at < folded.length; i++) {
            byte wanted = folded[at];
            if (wanted != FOLD[part.text[i] & 0xFF]) {
                continue;
            }
            at += wanted >= 0 ? 1 : sameCharacter(folded, at, part, i);
        }
        return at;
    }

    /** Bytes of the character beyond ASCII at {@code at} when the text has the same one at {@code i}, else 0. */
    private static int sameCharacter(byte[] folded, int at, Part part, int i) {
        var name = part.text;
        int length = 1;
        while (at + length < folded.length && (folded[at + length] & 0xC0) == 0x80) {
            if (i + length >= part.to || folded[at + length] != name[i + length]) {
                return 0;
            }
            length++;
        }
        boolean ends = i + length == part.to || (name[i + length] & 0xC0) != 0x80;
        return ends && (folded[at] & 0xC0) != 0x80 ? length : 0;
    }

    /** The score of the best alignment; the query is a subsequence of the name. */
    long fuzzy(byte[] query, byte[] folded, byte[] name) {
        int length = name.length;
        if (row.length < length) {
            row = new int[length * 2];
            above = new int[length * 2];
        }
        for (int q = 0; q < query.length; q++) {
            var swap = above;
            above = row;
            row = swap;
            align(q, query[q], folded[q], name);
        }
        int best = UNREACHABLE;
        for (int j = 0; j < length; j++) {
            best = Math.max(best, row[j]);
        }
        return best - (length - query.length);
    }

    private void align(int q, byte asTyped, byte wanted, byte[] name) {
        int best = q == 0 ? 0 : UNREACHABLE; // of the row above, up to two bytes back
        for (int j = 0; j < name.length; j++) {
            int adjacent = q > 0 && j > 0 ? above[j - 1] : UNREACHABLE;
            best = Math.max(best, adjacent);
            int from = Math.max(best, adjacent + ADJACENT);
            boolean matches = wanted == FOLD[name[j] & 0xFF] && from > UNREACHABLE / 2;
            row[j] = matches ? from + value(asTyped, name, j) : UNREACHABLE;
        }
    }

    private static int value(byte asTyped, byte[] name, int j) {
        return MATCHED + (isWordStart(name, j) ? WORD_START : 0) + (asTyped == name[j] ? SAME_CASE : 0);
    }

    static boolean isWordStart(byte[] name, int j) {
        if (j == 0) {
            return true;
        }
        int before = name[j - 1];
        int here = name[j];
        if (before >= 0 && SEPARATOR[before]) {
            return true;
        }
        boolean lower = before >= 'a' && before <= 'z';
        boolean upper = here >= 'A' && here <= 'Z';
        boolean letterBefore = lower || (before >= 'A' && before <= 'Z');
        boolean digitBefore = before >= '0' && before <= '9';
        boolean letter = upper || (here >= 'a' && here <= 'z');
        boolean digit = here >= '0' && here <= '9';
        return (lower && upper) || (letterBefore && digit) || (digitBefore && letter);
    }

    /** The same rules over folded clusters, without the term for the same case; {@link Rank#NONE} when none aligns. */
    static long clusters(List<String> query, Clusters name) {
        int length = name.folded.size();
        if (query.size() > length) {
            return Rank.NONE;
        }
        if (name.folded.subList(0, query.size()).equals(query)) {
            return Rank.prefix(PREFIX_SCORE - length);
        }
        int[] above = new int[length];
        for (int q = 0; q < query.size(); q++) {
            int[] row = new int[length];
            int best = q == 0 ? 0 : UNREACHABLE;
            for (int j = 0; j < length; j++) {
                int adjacent = q > 0 && j > 0 ? above[j - 1] : UNREACHABLE;
                best = Math.max(best, adjacent);
                int from = Math.max(best, adjacent + ADJACENT);
                boolean matches = query.get(q).equals(name.folded.get(j)) && from > UNREACHABLE / 2;
                row[j] = matches ? from + MATCHED + (name.wordStarts.get(j) ? WORD_START : 0) : UNREACHABLE;
            }
            above = row;
        }
        int best = Arrays.stream(above).max().orElse(UNREACHABLE);
        return best > UNREACHABLE / 2 ? best - (length - query.size()) : Rank.NONE;
    }
}
