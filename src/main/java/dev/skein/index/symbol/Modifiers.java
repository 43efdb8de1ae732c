package dev.skein.index.symbol;

import java.util.ArrayList;
import java.util.List;

/** Modifiers of a declaration as bits, as written: what a context adds (public in an interface) is not among them. */
public final class Modifiers {
    public static final int PUBLIC = 1;
    public static final int PRIVATE = 1 << 1;
    public static final int PROTECTED = 1 << 2;
    public static final int STATIC = 1 << 3;
    public static final int FINAL = 1 << 4;
    public static final int SYNCHRONIZED = 1 << 5;
    public static final int VOLATILE = 1 << 6;
    public static final int TRANSIENT = 1 << 7;
    public static final int NATIVE = 1 << 8;
    public static final int ABSTRACT = 1 << 9;
    public static final int STRICTFP = 1 << 10;
    public static final int DEFAULT = 1 << 11;
    public static final int SEALED = 1 << 12;
    public static final int NON_SEALED = 1 << 13;
    /** {@code @Deprecated} or {@code @deprecated}. */
    public static final int DEPRECATED = 1 << 14;
    /** Declared where Nova does not look: inside the body of an enum constant. */
    public static final int HIDDEN = 1 << 15;
    /** What is in it was not looked at, since it is nested too deeply. */
    public static final int CUT = 1 << 16;

    private static final List<String> WORDS = List.of(
            "public",
            "private",
            "protected",
            "static",
            "final",
            "synchronized",
            "volatile",
            "transient",
            "native",
            "abstract",
            "strictfp",
            "default",
            "sealed",
            "non-sealed");

    private Modifiers() {}

    /** The keywords among {@code bits}, in the order of the bits. */
    public static List<String> words(int bits) {
        var words = new ArrayList<String>();
        for (int i = 0; i < WORDS.size(); i++) {
            if ((bits & 1 << i) != 0) {
                words.add(WORDS.get(i));
            }
        }
        return words;
    }
}
