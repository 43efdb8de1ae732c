package dev.skein.review.scope.rule;

/**
 * One part of a pattern between slashes: {@code *} is any characters, {@code ?} is one, {@code [a-z]} one of these,
 * {@code [!a-z]} none of these, a backslash takes the next as it is. Time is bounded by the product of both lengths.
 */
final class Segment {
    private final String pattern;
    private final boolean plain;

    Segment(String pattern) {
        this.pattern = pattern;
        this.plain = pattern.chars().noneMatch(c -> c == '*' || c == '?' || c == '[' || c == '\\');
    }

    boolean matches(String name) {
        return plain ? pattern.equals(name) : wild(name);
    }

    private boolean wild(String name) {
        int at = 0;
        int from = 0;
        int star = -1; // where the last star is, and how much of the name it has
        int taken = 0;
        while (from < name.length()) {
            int next = at < pattern.length() && pattern.charAt(at) != '*' ? one(at, name.charAt(from)) : -1;
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                taken = from;
            } else if (next > 0) {
                at = next;
                from++;
            } else if (star >= 0) {
                at = star + 1;
                from = ++taken;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    /** Where the pattern goes on when its next mark takes this character, or -1. */
    private int one(int at, char c) {
        char mark = pattern.charAt(at);
        if (mark == '?') {
            return at + 1;
        }
        if (mark == '[') {
            return set(at, c);
        }
        boolean escaped = mark == '\\';
        if (escaped && at + 1 == pattern.length()) {
            return -1;
        }
        return pattern.charAt(escaped ? at + 1 : at) == c ? at + (escaped ? 2 : 1) : -1;
    }

    /** A set that is not closed takes nothing. */
    private int set(int open, char c) {
        int at = open + 1;
        boolean not = at < pattern.length() && (pattern.charAt(at) == '!' || pattern.charAt(at) == '^');
        at += not ? 1 : 0;
        int first = at;
        boolean found = false;
        while (at < pattern.length() && (pattern.charAt(at) != ']' || at == first)) {
            int end = named(at);
            if (end > 0) {
                found |= isOf(pattern.substring(at + 2, end - 2), c);
                at = end;
                continue;
            }
            int low = letter(at);
            boolean range =
                    low + 2 < pattern.length() && pattern.charAt(low + 1) == '-' && pattern.charAt(low + 2) != ']';
            int high = range ? letter(low + 2) : low;
            if (high >= pattern.length()) {
                return -1;
            }
            found |= pattern.charAt(low) <= c && c <= pattern.charAt(high);
            at = high + 1;
        }
        return at < pattern.length() && found != not ? at + 1 : -1;
    }

    private int letter(int at) {
        return pattern.charAt(at) == '\\' ? at + 1 : at;
    }

    /** The end of {@code [:alpha:]} at this place, or -1. */
    private int named(int at) {
        if (!pattern.startsWith("[:", at)) {
            return -1;
        }
        int end = pattern.indexOf(":]", at + 2);
        return end < 0 ? -1 : end + 2;
    }

    private static boolean isOf(String kind, char c) {
        return switch (kind) {
            case "alpha" -> c < 128 && Character.isLetter(c);
            case "digit" -> c >= '0' && c <= '9';
            case "alnum" -> c < 128 && Character.isLetterOrDigit(c);
            case "upper" -> c >= 'A' && c <= 'Z';
            case "lower" -> c >= 'a' && c <= 'z';
            case "space" -> c == ' ' || (c >= '\t' && c <= '\r');
            case "blank" -> c == ' ' || c == '\t';
            case "punct" -> c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
            case "xdigit" -> Character.digit(c, 16) >= 0 && c < 128;
            default -> false;
        };
    }
}
