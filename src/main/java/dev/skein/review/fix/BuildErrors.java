package dev.skein.review.fix;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the complaints in what a build printed: of gcc and clang, javac, Gradle, Maven, tsc, cargo, go, Python, make
 * and ld. Each is told once, in the order of the output. Takes a line at a time. Not thread-safe.
 */
public final class BuildErrors {
    /** More say nothing new. */
    private static final int ERRORS_MAX = 1_000;

    private static final int LINE_MAX = 4_000; // longer ones are data
    private static final Pattern COLOURS = Pattern.compile("\u001B\\[[0-9;]*[A-Za-z]");
    private static final Pattern MAVEN = Pattern.compile(
            "\\[(?<level>ERROR|WARNING)] (?<path>[^\\[]+?):\\[(?<line>\\d+)(?:,(?<column>\\d+))?] (?<text>.+)");
    private static final Pattern TSC = Pattern.compile(
            "(?<path>[^\\s(].*?)\\((?<line>\\d+),(?<column>\\d+)\\): (?<level>error|warning) (?<text>.+)");
    private static final Pattern LEVELLED =
            Pattern.compile("(?:[ew]: )?(?:file://)?(?<path>[^\\s:][^:]*):(?<line>\\d+)(?::(?<column>\\d+))?:"
                    + " (?<level>fatal error|error|warning): (?<text>.+)");
    private static final Pattern GO =
            Pattern.compile("(?:vet: )?(?<path>[^\\s:][^:]*\\.go):(?<line>\\d+)(?::(?<column>\\d+))?: (?<text>.+)");
    private static final Pattern KOTLIN = Pattern.compile(
            "(?<level>[ew]): (?:file://)?(?<path>[^\\s:][^:]*):(?<line>\\d+):(?<column>\\d+):? (?<text>.+)");
    private static final Pattern CARGO_HEAD = Pattern.compile("(?<level>error|warning)(?:\\[\\w+])?: (?<text>.+)");
    private static final Pattern CARGO_PLACE = Pattern.compile("\\s*--> (?<path>.+):(?<line>\\d+):(?<column>\\d+)");
    private static final Pattern PYTHON_PLACE = Pattern.compile("\\s*File \"(?<path>[^\"]+)\", line (?<line>\\d+).*");
    private static final Pattern PYTHON_END = Pattern.compile("(?<text>\\w*(?:Error|Exception)(?:: .*)?)");
    private static final Pattern MAKE = Pattern.compile(
            "\\S*make(?:\\[\\d+])?: \\*\\*\\* (?:\\[(?<path>[^:\\]]+):(?:(?<line>\\d+):)? )?(?<text>.+)");
    private static final Pattern LD = Pattern.compile(
            "(?:\\S*\\bld(?:\\.\\w+)?: )?(?<path>[^\\s:][^:]*?)(?::\\([^)]*\\))?: (?<text>undefined reference to"
                    + " .+|multiple definition of .+)");
    private static final List<Pattern> WHOLE = List.of(MAVEN, TSC, LEVELLED, KOTLIN, GO, MAKE, LD);

    private final Set<BuildError> found = new LinkedHashSet<>();
    private @Nullable Matcher head; // of a complaint whose place is still to come
    private @Nullable Matcher place; // of a complaint whose text is still to come

    public static List<BuildError> in(Iterable<String> lines) {
        var errors = new BuildErrors();
        lines.forEach(errors::line);
        return errors.found();
    }

    public void line(String printed) {
        var line = COLOURS.matcher(printed).replaceAll("").stripTrailing();
        if (line.isEmpty() || line.length() > LINE_MAX || found.size() >= ERRORS_MAX) {
            return;
        }
        if (!isCargo(line) && !isPython(line)) {
            WHOLE.stream()
                    .map(pattern -> pattern.matcher(line))
                    .filter(Matcher::matches)
                    .findFirst()
                    .ifPresent(match -> add(match, match));
        }
    }

    private boolean isCargo(String line) {
        var at = CARGO_PLACE.matcher(line);
        var before = head;
        if (at.matches()) {
            if (before != null) {
                add(at, before);
            }
            head = null;
            return true;
        }
        var begins = CARGO_HEAD.matcher(line);
        head = begins.matches() ? begins : before;
        return begins.matches();
    }

    private boolean isPython(String line) {
        var at = PYTHON_PLACE.matcher(line);
        if (at.matches()) {
            place = at;
            return true;
        }
        var ends = PYTHON_END.matcher(line);
        var before = place;
        if (before == null || !ends.matches()) {
            return false;
        }
        add(before, ends);
        place = null;
        return true;
    }

    private void add(Matcher where, Matcher what) {
        var level = group(what, "level").toLowerCase(Locale.ROOT);
        var path = group(where, "path").replaceFirst("^\\./", "");
        found.add(new BuildError(
                path, number(where, "line"), number(where, "column"), level.startsWith("w"), text(what)));
    }

    /** A target of make stands in a bracket that begins before its place. */
    private static String text(Matcher what) {
        var text = group(what, "text");
        return what.pattern() == MAKE ? text.replaceFirst("] (?=Error)", ": ") : text;
    }

    private static String group(Matcher match, String name) {
        if (!match.pattern().pattern().contains("?<" + name + ">")) {
            return "";
        }
        var group = match.group(name);
        return group == null ? "" : group;
    }

    private static int number(Matcher match, String name) {
        var digits = group(match, name);
        return digits.isEmpty() || digits.length() > 9 ? 0 : Integer.parseInt(digits);
    }

    /** All so far, each once. */
    public List<BuildError> found() {
        return new ArrayList<>(found);
    }
}
