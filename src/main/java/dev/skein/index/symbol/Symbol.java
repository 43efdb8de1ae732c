package dev.skein.index.symbol;

/**
 * One declaration.
 *
 * @param container qualified name of the type around it, of the package for a type at the top; empty in the unnamed one
 * @param type of a field, component, element or result, as written; {@code extends …} and the like for a type; else
 *     empty
 * @param parameters types of the parameters, {@code (int, List<String>...)}; empty for what has none
 * @param modifiers bits of {@link Modifiers}
 * @param name span of its name
 * @param range from the first modifier or annotation to the end of the body
 * @param summary first sentence of its documentation as plain text, or empty
 */
public record Symbol(
        SymbolKind kind,
        String identifier,
        String container,
        String type,
        String parameters,
        int modifiers,
        Span name,
        Span range,
        String summary) {

    /** Container and name with a dot between. */
    public String qualifiedName() {
        return container.isEmpty() ? identifier : container + "." + identifier;
    }

    /** What other files know it by: {@code a.b.Type}, {@code a.b.Type#field}, {@code a.b.Type#method/2}. */
    public String key() {
        if (kind.isType() || container.isEmpty() || kind.isExtra()) {
            return qualifiedName();
        }
        var member = container + "#" + identifier;
        return parameters.isEmpty() ? member : member + "/" + arity();
    }

    /** How many parameters it takes. */
    public int arity() {
        return arity(parameters);
    }

    static int arity(String parameters) {
        int depth = 0;
        int commas = 0;
        for (int i = 0; i < parameters.length(); i++) {
            char c = parameters.charAt(i);
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            commas += c == ',' && depth == 0 ? 1 : 0;
        }
        return parameters.length() <= 2 ? 0 : commas + 1;
    }

    public boolean isDeprecated() {
        return (modifiers & Modifiers.DEPRECATED) != 0;
    }
}
