package dev.skein.index.sem.type;

import dev.skein.index.symbol.Modifiers;
import dev.skein.index.symbol.Symbol;
import dev.skein.index.symbol.SymbolKind;
import java.util.ArrayList;
import java.util.List;

/**
 * A field or a method of a type.
 *
 * @param params its own type parameters
 */
public record Member(TypeInfo owner, Symbol symbol, List<TypeParam> params) {
    public String name() {
        return symbol.identifier();
    }

    public boolean isMethod() {
        return switch (symbol.kind()) {
            case METHOD, CONSTRUCTOR, ANNOTATION_ELEMENT -> true;
            default -> false;
        };
    }

    public boolean isConstructor() {
        return symbol.kind() == SymbolKind.CONSTRUCTOR;
    }

    public boolean isStatic() {
        return has(Modifiers.STATIC) || symbol.kind() == SymbolKind.ENUM_CONSTANT;
    }

    public boolean isPrivate() {
        return has(Modifiers.PRIVATE);
    }

    private boolean has(int modifier) {
        return (symbol.modifiers() & modifier) != 0;
    }

    /** Whether a type that implements it need not; false for a method of an interface without a body. */
    public boolean hasBody() {
        return owner.kind() == SymbolKind.INTERFACE
                ? has(Modifiers.DEFAULT) || has(Modifiers.STATIC) || has(Modifiers.PRIVATE)
                : !has(Modifiers.ABSTRACT);
    }

    public boolean isVarargs() {
        return symbol.parameters().endsWith("...)");
    }

    /** Types of its parameters as written, the dots of a last one as brackets. */
    public List<String> parameterTypes() {
        return split(symbol.parameters());
    }

    static List<String> split(String parameters) {
        var types = new ArrayList<String>();
        int depth = 0;
        int from = 1;
        for (int i = 1; i < parameters.length(); i++) {
            char c = parameters.charAt(i);
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (depth == 0 && (c == ',' || i == parameters.length() - 1) && i > from) {
                types.add(parameters.substring(from, i).strip().replace("...", "[]"));
                from = i + 1;
            }
        }
        return types;
    }
}
