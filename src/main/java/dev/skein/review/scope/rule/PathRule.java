package dev.skein.review.scope.rule;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of paths as {@code .gitignore} has them. Without a slash before its end it is about a name at any depth,
 * else about the path from where the pattern stands; a slash at its end makes it one of directories; {@code **} is any
 * number of directories; {@code !} turns it round.
 *
 * @param wanted whether what matches is wanted after all
 * @param parts between slashes; null for {@code **}
 */
public record PathRule(boolean wanted, boolean directories, boolean anywhere, List<@Nullable Segment> parts) {
    private static final String ANY = "**";

    /** The rule of a line, or null for a line without one. */
    public static @Nullable PathRule of(String line) {
        var text = trimmed(line);
        if (text.isEmpty() || text.startsWith("#")) {
            return null;
        }
        boolean wanted = text.startsWith("!");
        text = wanted ? text.substring(1) : text;
        boolean directories = text.endsWith("/");
        text = directories ? text.substring(0, text.length() - 1) : text;
        boolean anywhere = text.indexOf('/') < 0;
        text = text.startsWith("/") ? text.substring(1) : text;
        return text.isEmpty() ? null : new PathRule(wanted, directories, anywhere, parts(text));
    }

    private static List<@Nullable Segment> parts(String text) {
        var parts = new ArrayList<@Nullable Segment>();
        for (var part : text.split("/", -1)) {
            parts.add(part.equals(ANY) ? null : new Segment(part));
        }
        if (parts.size() > 1 && parts.get(parts.size() - 1) == null) {
            parts.add(new Segment("*")); // everything below, not the directory itself
        }
        return parts;
    }

    /** Without blanks at the end, unless a backslash keeps them. */
    private static String trimmed(String line) {
        var text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ' && !(end > 1 && text.charAt(end - 2) == '\\')) {
            end--;
        }
        return text.substring(0, end);
    }

    /**
     * Whether the rule is about this path; its parts before {@code from} lead to where the rule stands.
     *
     * @param directory whether the path is one
     */
    public boolean matches(String[] path, int from, boolean directory) {
        if (directories && !directory) {
            return false;
        }
        if (anywhere) {
            var only = parts.get(0);
            return only == null || only.matches(path[path.length - 1]);
        }
        return along(path, from);
    }

    private boolean along(String[] path, int from) {
        int part = 0;
        int at = from;
        int any = -1; // the last ** and where it ends
        int taken = 0;
        while (at < path.length) {
            var next = part < parts.size() ? parts.get(part) : null;
            if (part < parts.size() && next == null) {
                any = part++;
                taken = at;
            } else if (next != null && next.matches(path[at])) {
                part++;
                at++;
            } else if (any >= 0) {
                part = any + 1;
                at = ++taken;
            } else {
                return false;
            }
        }
        return part == parts.size();
    }
}
