package dev.skein.index.match;

/** The score by trying every alignment, term by term as the reference lists them; for ASCII. */
final class AlignmentOracle {
    private AlignmentOracle() {}

    static long best(String query, String name) {
        return place(query, name, 0, -1);
    }

    private static long place(String query, String name, int q, int last) {
        if (q == query.length()) {
            return -(name.length() - 1 - last);
        }
        long best = Rank.NONE;
        for (int j = last + 1; j < name.length(); j++) {
            if (Character.toLowerCase(query.charAt(q)) != Character.toLowerCase(name.charAt(j))) {
                continue;
            }
            long rest = place(query, name, q + 1, j);
            if (rest != Rank.NONE) {
                best = Math.max(best, rest + value(query.charAt(q), name, j) + distance(q, last, j));
            }
        }
        return best;
    }

    private static int distance(int q, int last, int j) {
        return q > 0 && j == last + 1 ? 5 : -(j - last - 1);
    }

    private static int value(char typed, String name, int j) {
        return 10 + (typed == name.charAt(j) ? 2 : 0) + (isWordStart(name, j) ? 15 : 0);
    }

    private static boolean isWordStart(String name, int j) {
        if (j == 0 || name.charAt(j - 1) == '_') {
            return true;
        }
        char before = name.charAt(j - 1);
        char here = name.charAt(j);
        return Character.isLowerCase(before) && Character.isUpperCase(here)
                || Character.isLetter(before) && Character.isDigit(here)
                || Character.isDigit(before) && Character.isLetter(here);
    }
}
