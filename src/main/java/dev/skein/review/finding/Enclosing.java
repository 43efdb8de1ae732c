package dev.skein.review.finding;

import dev.skein.index.scan.JavaExtractor;
import dev.skein.index.symbol.Symbol;
import dev.skein.index.symbol.SymbolKind;
import dev.skein.review.SourceFile;
import dev.skein.review.text.TextLines;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The names of the declarations around a place, so that a finding keeps its name while lines move. Of Java by its
 * declarations; of anything else by indentation and what looks like a declaration, which need not be right, only the
 * same again.
 */
final class Enclosing {
    private static final Pattern DECLARATION = Pattern.compile("\\s*(?:[a-z]+(?:\\([a-z]*\\))?\\s+){0,6}?"
            + "(?:class|interface|struct|enum|trait|impl|module|namespace|object|record|protocol|extension|def|func"
            + "|function\\*?|fn|fun|sub|proc|procedure|table|view|trigger|section|resource)\\s+"
            + "(?:\\([^)]*\\)\\s*)?([\\p{L}_$][\\p{L}\\p{N}_$.:!?-]*).*");
    private static final Pattern ASSIGNED =
            Pattern.compile("\\s*(?:export\\s+)?(?:const|let|var)\\s+([\\p{L}_$][\\p{L}\\p{N}_$]*)\\s*="
                    + "\\s*(?:async\\b|function\\b|\\(|\\w+\\s*=>).*");
    private static final Pattern C_FUNCTION =
            Pattern.compile("[\\p{L}_][\\w\\s*&:<>,]*?([\\p{L}_~][\\w:~]*)\\s*\\([^;]*");
    private static final int LINE_MAX = 500; // longer ones are data
    private static final int LINES_BACK_MAX = 20_000;

    private final TextLines lines;
    private final List<Symbol> declared;

    Enclosing(SourceFile file, TextLines lines) {
        this.lines = lines;
        this.declared = file.language().equals("java") ? declared(file.text()) : List.of();
    }

    private static List<Symbol> declared(String text) {
        return new JavaExtractor()
                .extract(text).table().symbols().stream()
                        .filter(symbol -> symbol.kind() != SymbolKind.PACKAGE
                                && symbol.kind() != SymbolKind.TYPE_PARAMETER
                                && symbol.kind() != SymbolKind.RECORD_COMPONENT)
                        .toList();
    }

    /** Names from the outermost to the innermost; empty at the top of a file. */
    String at(int line) {
        return declared.isEmpty() ? byIndentation(line) : byDeclaration(line);
    }

    private String byDeclaration(int line) {
        return declared.stream()
                .filter(symbol -> symbol.range().line() < line
                        && line - 1 <= symbol.range().endLine())
                .max(Comparator.comparingInt((Symbol symbol) -> symbol.range().line())
                        .thenComparingInt(symbol -> -symbol.range().endLine()))
                .map(symbol -> symbol.qualifiedName() + symbol.parameters())
                .orElse("");
    }

    private String byIndentation(int line) {
        List<String> names = new ArrayList<>();
        int limit = Integer.MAX_VALUE;
        int last = Math.max(1, line - LINES_BACK_MAX);
        for (int i = line; i >= last && limit > 0; i--) {
            var text = lines.line(i);
            int indent = indent(text);
            if (indent < limit && (i == line || opens(text))) {
                limit = indent;
                var name = name(text);
                if (!name.isEmpty()) {
                    names.add(0, name);
                }
            }
        }
        return String.join(".", names);
    }

    private static int indent(String line) {
        int width = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c != ' ' && c != '\t') {
                return width;
            }
            width += c == '\t' ? 8 : 1;
        }
        return width;
    }

    /** Whether it may be around what is indented deeper; nothing, a lone bracket and a comment are not. */
    private static boolean opens(String line) {
        var code = line.strip();
        return !code.isEmpty()
                && "{})]#*".indexOf(code.charAt(0)) < 0
                && !code.startsWith("//")
                && !code.startsWith("/*")
                && !code.startsWith("--");
    }

    private static String name(String line) {
        if (line.length() > LINE_MAX) {
            return "";
        }
        for (var pattern : List.of(DECLARATION, ASSIGNED, C_FUNCTION)) {
            var matcher = pattern.matcher(line);
            if (matcher.matches()) {
                return matcher.group(1);
            }
        }
        return "";
    }
}
