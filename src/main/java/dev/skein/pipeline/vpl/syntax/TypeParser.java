package dev.skein.pipeline.vpl.syntax;

import dev.skein.pipeline.vpl.ast.TypeName;
import dev.skein.pipeline.vpl.ast.TypeName.Base;
import dev.skein.pipeline.vpl.text.Token;
import dev.skein.pipeline.vpl.text.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Parses types. */
final class TypeParser {
    private static final Map<String, Base> SCALARS = Map.of(
            "int", Base.INT,
            "float", Base.FLOAT,
            "bool", Base.BOOL,
            "str", Base.STR,
            "any", Base.ANY,
            "timestamp", Base.TIMESTAMP,
            "duration", Base.DURATION);

    private final Cursor cursor;

    TypeParser(Cursor cursor) {
        this.cursor = cursor;
    }

    TypeName type() {
        var token = cursor.peek();
        var type = switch (token.text()) {
            case "[" -> array(token);
            case "{" -> map(token);
            case "(" -> tuple(token);
            default -> named(token);
        };
        boolean optional = cursor.accept("?");
        return new TypeName(type.at(), type.base(), type.name(), type.parts(), optional);
    }

    private TypeName array(Token open) {
        cursor.open("[");
        var element = type();
        cursor.close("]");
        return of(open, Base.ARRAY, List.of(element));
    }

    private TypeName map(Token open) {
        cursor.open("{");
        var key = type();
        cursor.expect(":");
        var value = type();
        cursor.close("}");
        return of(open, Base.MAP, List.of(key, value));
    }

    private TypeName tuple(Token open) {
        var parts = new ArrayList<TypeName>();
        cursor.open("(");
        do {
            parts.add(type());
        } while (cursor.accept(",") && !cursor.isSign(")"));
        cursor.close(")");
        return of(open, Base.TUPLE, parts);
    }

    private TypeName named(Token token) {
        if (!token.is(Kind.ID)) {
            throw cursor.unexpected("type");
        }
        cursor.skip();
        if (token.isWord("Stream") && cursor.isSign("<")) {
            return stream(token);
        }
        return of(token, SCALARS.getOrDefault(token.text(), Base.NAMED), List.of());
    }

    private TypeName stream(Token word) {
        cursor.deeper(word.at());
        cursor.expect("<");
        var element = type();
        cursor.expect(">");
        cursor.shallower();
        return of(word, Base.STREAM, List.of(element));
    }

    private static TypeName of(Token token, Base base, List<TypeName> parts) {
        var name = base == Base.NAMED ? token.text() : base.word();
        return new TypeName(token.at(), base, name, parts, false);
    }
}
