package dev.skein.review.finding.suppress;

import dev.skein.review.Finding.Suppression;
import dev.skein.review.Lines;
import dev.skein.review.SourceFile;
import dev.skein.review.text.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file says not to report: {@code NOPMD} in a comment on the line, and in Java {@code @SuppressWarnings} with
 * {@code "PMD"}, {@code "PMD.Rule"}, {@code "unused"} or {@code "all"} on a declaration around it. Immutable.
 */
public final class SourceMarkers {
    private static final String SOURCE = "source";
    private static final String MARKER = "NOPMD";
    private static final String ANNOTATION = "@SuppressWarnings";
    private static final Pattern COMMENT = Pattern.compile("(?://|#|--|/\\*|<!--|;|%|').*?\\bNOPMD\\b(.*)");
    private static final Pattern END = Pattern.compile("(?:\\*/|-->).*$");
    private static final Pattern LITERAL = Pattern.compile("\"([^\"\\\\]{1,200})\"");

    private final SourceFile file;
    private final TextLines lines;
    private final List<Annotated> annotated;

    /** A declaration and what is not to be reported in it. */
    private record Annotated(Lines lines, List<String> words) {}

    private SourceMarkers(SourceFile file, TextLines lines, List<Annotated> annotated) {
        this.file = file;
        this.lines = lines;
        this.annotated = annotated;
    }

    public static SourceMarkers of(SourceFile file) {
        var lines = new TextLines(file.text());
        boolean mayBeAnnotated = file.language().equals("java") && file.text().contains(ANNOTATION);
        return new SourceMarkers(file, lines, mayBeAnnotated ? annotated(file.text(), lines) : List.of());
    }

    /** Why a finding of this rule that begins on this line is not to be reported; null when it is. */
    public @Nullable Suppression at(String rule, int line) {
        if (file.text().contains(MARKER) && line >= 1 && line <= lines.count()) {
            var comment = COMMENT.matcher(lines.line(line));
            if (comment.find()) {
                return new Suppression(SOURCE, reason(comment.group(1)));
            }
        }
        for (var each : annotated) {
            var word = each.lines.contains(line) ? word(each, rule) : null;
            if (word != null) {
                return new Suppression(SOURCE, ANNOTATION + "(\"" + word + "\")");
            }
        }
        return null;
    }

    private static String reason(String behind) {
        return END.matcher(behind)
                .replaceFirst("")
                .replaceFirst("^[\\s:-]+", "")
                .strip();
    }

    private static @Nullable String word(Annotated annotated, String rule) {
        return annotated.words.stream()
                .filter(word -> covers(word, rule))
                .findFirst()
                .orElse(null);
    }

    private static boolean covers(String word, String rule) {
        return switch (word) {
            case "PMD", "all" -> true;
            case "unused" -> rule.toLowerCase(Locale.ROOT).contains("unused");
            default -> word.equals("PMD." + rule);
        };
    }

    private static List<Annotated> annotated(String text, TextLines lines) {
        var code = JavaMask.of(text);
        List<Annotated> found = new ArrayList<>();
        int at = code.indexOf(ANNOTATION);
        while (at >= 0) {
            int open = code.indexOf('(', at);
            int close = open < 0 ? -1 : JavaMask.close(code, open);
            if (close < 0) {
                return found;
            }
            var words = LITERAL.matcher(text.substring(open, close))
                    .results()
                    .map(literal -> literal.group(1))
                    .toList();
            int end = JavaMask.declarationEnd(code, close + 1);
            found.add(new Annotated(new Lines(lines.lineOf(at), lines.lineOf(end)), words));
            at = code.indexOf(ANNOTATION, close);
        }
        return found;
    }
}
