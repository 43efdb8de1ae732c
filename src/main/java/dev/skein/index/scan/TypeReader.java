package dev.skein.index.scan;

/** Reads types, type parameters and lists of parameters, and gives them back with one blank where one is needed. */
final class TypeReader {
    private static final int LETTERS_MAX = 2_000; // of one signature; what is longer is cut

    private final Lexer lexer;
    private final Skipper skipper;
    private final StringBuilder text = new StringBuilder();

    TypeReader(Lexer lexer, Skipper skipper) {
        this.lexer = lexer;
        this.skipper = skipper;
    }

    /** What has been read since it was taken last. */
    String take() {
        var taken = text.toString();
        text.setLength(0);
        return taken;
    }

    /** One type with its dimensions; false, and nothing read, where none begins. */
    boolean type() {
        annotations();
        if (lexer.token != Lexer.WORD || isReserved()) {
            return false;
        }
        name();
        while (lexer.is('.') && lexer.peek() != '.') {
            append('.');
            lexer.next();
            annotations();
            if (lexer.token != Lexer.WORD) {
                break;
            }
            name();
        }
        dimensions();
        return true;
    }

    private boolean isReserved() {
        return lexer.word().isReserved();
    }

    private void name() {
        word();
        if (lexer.is('<')) {
            arguments();
        }
    }

    /** {@code <…>} of a type or of type parameters, to the token after its end or to what cannot be in it. */
    void arguments() {
        int depth = 0;
        do {
            switch (lexer.token) {
                case '<' -> {
                    depth++;
                    mark();
                }
                case '>' -> {
                    depth--;
                    mark();
                }
                case '@' -> annotation();
                case Lexer.WORD -> word();
                case ',', '.', '?', '&', '[', ']' -> mark();
                default -> {
                    return;
                }
            }
        } while (depth > 0);
    }

    void dimensions() {
        annotations();
        while (lexer.is('[')) {
            mark();
            while (!lexer.is(']') && (lexer.token == Lexer.WORD || lexer.token == Lexer.LITERAL)) {
                lexer.next();
            }
            if (lexer.is(']')) {
                mark();
            }
            annotations();
        }
        if (lexer.is('.') && lexer.peek() == '.') {
            append('.');
            append('.');
            append('.');
            while (lexer.is('.')) {
                lexer.next();
            }
        }
    }

    void annotations() {
        while (lexer.is('@') && lexer.peek() == Lexer.WORD) {
            annotation();
        }
    }

    /** Passes over one annotation and tells whether it is {@code Deprecated}. */
    boolean annotation() {
        lexer.next();
        boolean deprecated = lexer.isWord("Deprecated");
        while (lexer.is(Lexer.WORD)) {
            deprecated = lexer.isWord("Deprecated");
            lexer.next();
            if (!lexer.is('.') || lexer.peek() != Lexer.WORD) {
                break;
            }
            lexer.next();
        }
        if (lexer.is('(')) {
            skipper.parentheses();
        }
        return deprecated;
    }

    private void mark() {
        char c = (char) lexer.token;
        append(c);
        if (c == ',') {
            append(' ');
        }
        lexer.next();
    }

    /** Appends the word the lexer is at, apart from the word before it. */
    void word() {
        int length = text.length();
        if (length > 0 && needsBlank(text.charAt(length - 1))) {
            append(' ');
        }
        if (text.length() < LETTERS_MAX) {
            text.append(lexer.text, lexer.start, lexer.stop - lexer.start);
        }
        lexer.next();
    }

    private static boolean needsBlank(char before) {
        return before != '.' && before != '<' && before != '(' && before != ' ' && before != '[';
    }

    void append(char c) {
        if (text.length() < LETTERS_MAX) {
            if (c == '&') {
                text.append(' ');
            }
            text.append(c);
        }
    }

    /** What follows the name of a type up to its body: {@code extends …}, {@code implements …}, {@code permits …}. */
    void header() {
        while (true) {
            switch (lexer.token) {
                case Lexer.WORD -> {
                    if (opensDeclaration()) {
                        return;
                    }
                    word();
                }
                case '<' -> arguments();
                case '@' -> annotation();
                case ',', '.', '&' -> mark();
                default -> {
                    return;
                }
            }
        }
    }

    private boolean opensDeclaration() {
        var word = lexer.word();
        return word.modifier != 0 && word.isReserved() || word == Word.CLASS || word == Word.INTERFACE;
    }
}
