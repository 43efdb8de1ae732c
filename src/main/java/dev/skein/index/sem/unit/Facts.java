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

    private static final boolean[] PARTS = parts(); // of words, of the characters of ASCII

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
        var found = new Hashes();
        int end = text.length();
        for (int i = 0; i < end; ) {
            char c = text.charAt(i++);
            if (!isPart(c)) {
                continue;
            }
            int hash = c; // as String.hashCode
            while (i < end && isPart(c = text.charAt(i))) {
                hash = 31 * hash + c;
                i++;
            }
            found.add(hash);
        }
        return found.sorted();
    }

    private static boolean isPart(char c) {
        return c < PARTS.length ? PARTS[c] : Character.isJavaIdentifierPart(c) || Character.isSurrogate(c);
    }

    private static boolean[] parts() {
        var parts = new boolean[128];
        for (char c = 0; c < parts.length; c++) {
            parts[c] =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
        }
        return parts;
    }
}
