package dev.skein.index.sem.unit;

import dev.skein.index.sem.type.Imports;
import java.util.Arrays;

/**
 * What is kept in memory of a file's text: what it imports, and hashes of the words in it, those of comments too.
 *
 * @param words sorted, each once; nobody may change them
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Facts(Imports imports, int[] words) {
    public static final Facts NONE = new Facts(Imports.NONE, new int[0]);

    private static final int WORDS = 256;

    public static Facts of(String text) {
        return new Facts(Imports.of(text), words(text));
    }

    /** Whether the word may be in the text; if not it surely is not. */
    public boolean mayHave(String word) {
        return Arrays.binarySearch(words, word.hashCode()) >= 0;
    }

    /** Bytes it takes in memory, roughly. */
    public long bytes() {
        return 64 + 4L * words.length + imports.bytes();
    }

    private static int[] words(String text) {
        var found = new int[WORDS];
        int count = 0;
        int end = text.length();
        for (int i = 0; i < end; ) {
            if (!isPart(text.charAt(i))) {
                i++;
                continue;
            }
            int hash = 0; // as String.hashCode
            for (; i < end && isPart(text.charAt(i)); i++) {
                hash = 31 * hash + text.charAt(i);
            }
            if (count == found.length) {
                found = distinct(found, count);
                count = found.length;
                found = Arrays.copyOf(found, Math.max(WORDS, count * 2));
            }
            found[count++] = hash;
        }
        return distinct(found, count);
    }

    private static int[] distinct(int[] all, int count) {
        var sorted = Arrays.copyOf(all, count);
        Arrays.sort(sorted);
        int to = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[to++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, to);
    }

    private static boolean isPart(char c) {
        return c < 128
                ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$'
                : Character.isJavaIdentifierPart(c) || Character.isSurrogate(c);
    }
}
