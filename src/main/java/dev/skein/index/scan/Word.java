package dev.skein.index.scan;

import dev.skein.index.symbol.Modifiers;
import java.util.EnumSet;
import java.util.Set;

/** The words that decide what a declaration is; every other word is a name. */
enum Word {
    NONE("", 0),
    PUBLIC("public", Modifiers.PUBLIC),
    PRIVATE("private", Modifiers.PRIVATE),
    PROTECTED("protected", Modifiers.PROTECTED),
    STATIC("static", Modifiers.STATIC),
    FINAL("final", Modifiers.FINAL),
    SYNCHRONIZED("synchronized", Modifiers.SYNCHRONIZED),
    VOLATILE("volatile", Modifiers.VOLATILE),
    TRANSIENT("transient", Modifiers.TRANSIENT),
    NATIVE("native", Modifiers.NATIVE),
    ABSTRACT("abstract", Modifiers.ABSTRACT),
    STRICTFP("strictfp", Modifiers.STRICTFP),
    DEFAULT("default", Modifiers.DEFAULT),
    SEALED("sealed", Modifiers.SEALED),
    NON("non", Modifiers.NON_SEALED),
    CLASS("class", 0),
    INTERFACE("interface", 0),
    ENUM("enum", 0),
    RECORD("record", 0),
    PACKAGE("package", 0),
    IMPORT("import", 0),
    MODULE("module", 0),
    OPEN("open", 0),
    THROWS("throws", 0),
    NEW("new", 0),
    INSTANCEOF("instanceof", 0),
    EXTENDS("extends", 0),
    IMPLEMENTS("implements", 0),
    PERMITS("permits", 0),
    SUPER("super", 0),
    RETURN("return", 0),
    IF("if", 0),
    ELSE("else", 0),
    FOR("for", 0),
    WHILE("while", 0),
    DO("do", 0),
    TRY("try", 0),
    CATCH("catch", 0),
    FINALLY("finally", 0),
    SWITCH("switch", 0),
    CASE("case", 0),
    THROW("throw", 0),
    BREAK("break", 0),
    CONTINUE("continue", 0),
    ASSERT("assert", 0),
    GOTO("goto", 0),
    CONST("const", 0),
    THIS("this", 0);

    private static final int SLOTS = 256;
    private static final Set<Word> CONTEXTUAL = EnumSet.of(SEALED, NON, RECORD, MODULE, OPEN, PERMITS);
    private static final Word[] BY_HASH = new Word[SLOTS];

    /** Bit of {@link Modifiers}, or 0. */
    final int modifier;

    private final char[] letters;

    Word(String spelling, int modifier) {
        this.modifier = modifier;
        this.letters = spelling.toCharArray();
    }

    static {
        for (var word : values()) {
            if (word != NONE) {
                int slot = hash(word.letters, 0, word.letters.length);
                while (BY_HASH[slot] != null) {
                    slot = (slot + 1) % SLOTS;
                }
                BY_HASH[slot] = word;
            }
        }
    }

    /**
     * Whether it opens a statement, so that it stands between declarations only where braces are missing or too many.
     */
    boolean isStatement() {
        return ordinal() >= SUPER.ordinal();
    }

    /** Whether no declaration can bear it as its name. */
    boolean isReserved() {
        return this != NONE && !CONTEXTUAL.contains(this);
    }

    static Word of(char[] text, int from, int to) {
        for (int slot = hash(text, from, to); BY_HASH[slot] != null; slot = (slot + 1) % SLOTS) {
            if (BY_HASH[slot].isSpelled(text, from, to)) {
                return BY_HASH[slot];
            }
        }
        return NONE;
    }

    private boolean isSpelled(char[] text, int from, int to) {
        if (to - from != letters.length) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text[i] != letters[i - from]) {
                return false;
            }
        }
        return true;
    }

    private static int hash(char[] text, int from, int to) {
        return (text[from] * 31 + text[to - 1] * 7 + (to - from) * 101) & (SLOTS - 1);
    }
}
