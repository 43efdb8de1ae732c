package dev.skein.review.finding.suppress;

import java.util.regex.Pattern;

/**
 * Patterns of paths: {@code *} and {@code ?} within a name, {@code **} across names, {@code **}{@code /} also none.
 */
final class Globs {
    private static final String ANY = "**";

    private Globs() {}

    static Pattern pattern(String glob) {
        var regex = new StringBuilder();
        int at = 0;
        while (at < glob.length()) {
            if (glob.startsWith(ANY + "/", at)) {
                regex.append("(?:.*/)?");
                at += ANY.length() + 1;
            } else if (glob.startsWith(ANY, at)) {
                regex.append(".*");
                at += ANY.length();
            } else {
                regex.append(one(glob.charAt(at)));
                at++;
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private static String one(char c) {
        return switch (c) {
            case '*' -> "[^/]*";
            case '?' -> "[^/]";
            default -> Character.isLetterOrDigit(c) ? String.valueOf(c) : "\\" + c;
        };
    }
}
