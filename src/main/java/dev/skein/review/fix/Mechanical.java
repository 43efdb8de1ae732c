package dev.skein.review.fix;

import dev.skein.review.Finding;
import dev.skein.review.fix.NotFixable.Reason;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What rules themselves say should stand there. Rules that tell a fault once per file are put right in the whole file.
 */
final class Mechanical {
    static final Set<String> EVERYWHERE = Set.of("trailing-blanks", "mixed-line-ends");

    private static final Pattern IMPORT = Pattern.compile("import\\s+(?:static\\s+)?[\\w.]+(?:\\.\\*)?\\s*;");
    private static final Pattern LINE = Pattern.compile("([^\\r\\n]*)(\\r\\n|\\r|\\n|\\z)");
    private static final Pattern BLANKS_AT_END = Pattern.compile("[ \\t\\f\\u000B]+\\z");
    private static final List<String> TEXTS_OF_MANY_LINES = List.of("\"\"\"", "'''", "`", "<<");

    private Mechanical() {}

    /** What may stand in the place of the quote; null when the rule does not say. */
    static @Nullable String replacement(Finding finding) {
        boolean isUnused = finding.engine().equals("pmd") && finding.rule().equals("UnnecessaryImport");
        return isUnused && IMPORT.matcher(finding.quote()).matches() ? "" : null;
    }

    static String everywhere(String rule, String path, String text) throws NotFixable {
        return rule.equals("mixed-line-ends") ? withOneEnd(text) : withoutBlanks(path, text);
    }

    /** With the end that most lines have. */
    static String withOneEnd(String text) {
        return text.replace("\r\n", "\n").replace("\n", end(text));
    }

    /** The end that most lines have. */
    static String end(String text) {
        long all = text.chars().filter(c -> c == '\n').count();
        long windows = Pattern.compile("\\r\\n").matcher(text).results().count();
        return windows * 2 > all ? "\r\n" : "\n";
    }

    private static String withoutBlanks(String path, String text) throws NotFixable {
        boolean isJava = path.endsWith(".java"); // its compiler removes them from texts of many lines
        for (var mark : TEXTS_OF_MANY_LINES) {
            if (!isJava && text.contains(mark)) {
                throw new NotFixable(
                        Reason.UNSAFE, "a text of many lines, which " + mark + " may begin, may need its blanks");
            }
        }
        return LINE.matcher(text)
                .results()
                .map(line -> stripped(line.group(1)) + line.group(2))
                .collect(Collectors.joining());
    }

    /** A backslash before the blanks would join the lines without them. */
    private static String stripped(String line) {
        var stripped = BLANKS_AT_END.matcher(line).replaceFirst("");
        return stripped.endsWith("\\") ? line : stripped;
    }
}
