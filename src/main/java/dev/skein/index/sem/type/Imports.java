package dev.skein.index.sem.type;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file imports.
 *
 * @param lines one import each, {@code a.b.C}, {@code a.b.*}, {@code static a.b.C.m}, with line feeds between
 */
public record Imports(String lines) {
    public static final Imports NONE = new Imports("");

    /** The imports at the head of a text. */
    public static Imports of(String text) {
        return new Imports(String.join("\n", new Head(text).read()));
    }

    public long bytes() {
        return 56 + lines.length();
    }

    private List<String> all() {
        return lines.isEmpty() ? List.of() : List.of(lines.split("\n"));
    }

    /** The type that a simple name is imported as. */
    public @Nullable String single(String name) {
        for (var line : all()) {
            if (!line.startsWith("static ") && line.endsWith("." + name)) {
                return line;
            }
        }
        return null;
    }

    /** Packages and types of which every type is imported. */
    public List<String> onDemand() {
        return all().stream()
                .filter(line -> !line.startsWith("static ") && line.endsWith(".*"))
                .map(line -> line.substring(0, line.length() - 2))
                .toList();
    }

    /** Types of which a static member of that name is imported by name. */
    public List<String> statics(String name) {
        return all().stream()
                .filter(line -> line.startsWith("static ") && line.endsWith("." + name))
                .map(line -> line.substring(7, line.length() - name.length() - 1))
                .toList();
    }

    /** Types of which every static member is imported. */
    public List<String> staticsOnDemand() {
        return all().stream()
                .filter(line -> line.startsWith("static ") && line.endsWith(".*"))
                .map(line -> line.substring(7, line.length() - 2))
                .toList();
    }

    /** Reads a text up to its first type. */
    private static final class Head {
        private final String text;
        private final List<String> found = new ArrayList<>();
        private int at;

        Head(String text) {
            this.text = text;
        }

        List<String> read() {
            while (true) {
                skipBlanks();
                if (at >= text.length()) {
                    return found;
                }
                if (text.charAt(at) == ';') {
                    at++;
                } else if (isWord("import")) {
                    at += 6;
                    imported(statement());
                } else if (isWord("package")) {
                    statement();
                } else if (text.charAt(at) == '@' && found.isEmpty()) {
                    annotation();
                } else {
                    return found;
                }
            }
        }

        private void imported(String statement) {
            boolean isStatic = statement.startsWith("static") && statement.length() > 6 && statement.charAt(6) <= ' ';
            var name = (isStatic ? statement.substring(6) : statement).replaceAll("\\s", "");
            if (!name.isEmpty() && !name.startsWith("module")) {
                found.add(isStatic ? "static " + name : name);
            }
        }

        /** What stands up to the next semicolon, without comments. */
        private String statement() {
            var words = new StringBuilder();
            skipBlanks();
            while (at < text.length() && text.charAt(at) != ';') {
                words.append(text.charAt(at++));
                int before = at;
                skipBlanks();
                words.append(at > before ? " " : "");
            }
            at++;
            return words.toString();
        }

        /** Those of a package; an import after it shows that it was one. */
        private void annotation() {
            at++;
            skipBlanks();
            while (at < text.length() && (Character.isJavaIdentifierPart(text.charAt(at)) || text.charAt(at) == '.')) {
                at++;
            }
            skipBlanks();
            if (at < text.length() && text.charAt(at) == '(') {
                int depth = 0;
                do {
                    depth += text.charAt(at) == '(' ? 1 : text.charAt(at) == ')' ? -1 : 0;
                    at++;
                } while (depth > 0 && at < text.length());
            }
        }

        private boolean isWord(String word) {
            int end = at + word.length();
            return text.startsWith(word, at)
                    && end < text.length()
                    && !Character.isJavaIdentifierPart(text.charAt(end));
        }

        private void skipBlanks() {
            while (at < text.length()) {
                if (text.charAt(at) <= ' ' || text.charAt(at) == '\uFEFF') {
                    at++;
                } else if (text.startsWith("//", at)) {
                    int end = text.indexOf('\n', at);
                    at = end < 0 ? text.length() : end;
                } else if (text.startsWith("/*", at)) {
                    int end = text.indexOf("*/", at + 2);
                    at = end < 0 ? text.length() : end + 2;
                } else {
                    return;
                }
            }
        }
    }
}
