package dev.skein.pipeline.vpl.syntax;

import dev.skein.pipeline.vpl.text.Token;
import dev.skein.pipeline.vpl.text.Token.Kind;
import java.util.Set;

/** Tells where a declaration begins although its keywords are legal names elsewhere. */
final class DeclarationStart {
    static final Set<String> KEYWORDS = Set.of(
            "context",
            "connector",
            "event",
            "type",
            "let",
            "var",
            "const",
            "fn",
            "stream",
            "pattern",
            "for",
            "import",
            "config");
    private static final Set<String> ALSO_STATEMENTS = Set.of("let", "var", "const", "for");

    private DeclarationStart() {}

    /** Whether the tokens from here on are the unmistakable head of a declaration. */
    static boolean isAt(Cursor cursor, int ahead) {
        var word = cursor.rawAhead(ahead);
        if (!word.is(Kind.ID) || !KEYWORDS.contains(word.text())) {
            return false;
        }
        var name = cursor.rawAhead(ahead + 1);
        var after = cursor.rawAhead(ahead + 2);
        return switch (word.text()) {
            case "stream", "connector", "type", "pattern" -> name.is(Kind.ID) && isOneOf(after, "=", ":");
            case "let", "var", "const" -> word.first() && name.is(Kind.ID) && isOneOf(after, "=", ":");
            case "event" -> name.is(Kind.ID) && isOneOf(after, ":", "extends");
            case "fn" -> name.is(Kind.ID) && isOneOf(after, "(");
            case "context" -> word.first() && name.is(Kind.ID) && !name.first();
            case "for" -> word.first() && name.is(Kind.ID) && isOneOf(after, "in");
            case "import" -> name.is(Kind.STRING);
            default -> word.first() && (name.isSign(":") || name.is(Kind.ID) && after.isSign("{"));
        };
    }

    /** Whether here begins a declaration that cannot be a statement of a function. */
    static boolean leavesFunction(Cursor cursor) {
        return isAt(cursor, 0) && !ALSO_STATEMENTS.contains(cursor.raw().text());
    }

    private static boolean isOneOf(Token token, String... signsOrWords) {
        for (var wanted : signsOrWords) {
            if (token.isSign(wanted) || token.isWord(wanted)) {
                return true;
            }
        }
        return false;
    }
}
