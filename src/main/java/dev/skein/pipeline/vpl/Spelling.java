package dev.skein.pipeline.vpl;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the name that was probably meant; stops looking when a hostile text makes that expensive. */
public final class Spelling {
    private static final int DISTANCE_MAX = 2;
    private static final int LETTERS_PER_SLIP = 3;
    private static final int NAME_LENGTH_MAX = 100;
    private static final int COMPARISONS_MAX = 200_000;

    private int comparisons;

    /** The hint that names the nearest of {@code known}; null when none is near. */
    public @Nullable String hint(String name, Collection<String> known) {
        var nearest = nearest(name, known, Math.min(name.length() - 1, DISTANCE_MAX));
        return nearest == null ? null : "did you mean `" + nearest + "`?";
    }

    /** The known name that hardly differs: by one letter in short names, by two from six letters on. */
    public @Nullable String nearest(String name, Collection<String> known) {
        return nearest(name, known, Math.min(name.length() / LETTERS_PER_SLIP, DISTANCE_MAX));
    }

    /** The first of those with the least edit distance. */
    private @Nullable String nearest(String name, Collection<String> known, int distanceMax) {
        String best = null;
        int limit = name.length() > NAME_LENGTH_MAX ? 0 : distanceMax;
        for (var candidate : known) {
            if (limit <= 0 || ++comparisons > COMPARISONS_MAX) {
                break;
            }
            int distance = distance(name, candidate, limit);
            if (distance > 0 && distance <= limit) {
                best = candidate;
                limit = distance - 1;
            }
        }
        return best;
    }

    /** Levenshtein's distance, or any number above {@code limit} when it exceeds that. */
    private static int distance(String one, String other, int limit) {
        if (Math.abs(one.length() - other.length()) > limit) {
            return limit + 1;
        }
        int[] above = new int[other.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            above = nextRow(one.charAt(i - 1), other, above);
        }
        return above[other.length()];
    }

    private static int[] nextRow(char letter, String other, int[] above) {
        int[] row = new int[above.length];
        row[0] = above[0] + 1;
        for (int j = 1; j < row.length; j++) {
            int replaced = above[j - 1] + (letter == other.charAt(j - 1) ? 0 : 1);
            row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
        }
        return row;
    }
}
