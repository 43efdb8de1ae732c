package dev.skein.index.symbol;

/** What a declaration declares. The order is part of stored tables: append, never move. */
public enum SymbolKind {
    CLASS,
    INTERFACE,
    ENUM,
    RECORD,
    ANNOTATION,
    METHOD,
    CONSTRUCTOR,
    FIELD,
    ENUM_CONSTANT,
    RECORD_COMPONENT,
    ANNOTATION_ELEMENT,
    PACKAGE,
    MODULE,
    TYPE_PARAMETER;

    private static final SymbolKind[] ALL = values();

    public static SymbolKind of(int ordinal) {
        return ALL[ordinal];
    }

    public boolean isType() {
        return ordinal() <= ANNOTATION.ordinal();
    }

    /** Whether Nova has no such symbol, so that {@code order=nova} leaves it out. */
    public boolean isExtra() {
        return ordinal() >= PACKAGE.ordinal();
    }
}
