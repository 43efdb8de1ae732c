package dev.skein.index.scan;

/**
 * Passes over what holds no declarations: bodies, initialisers, arguments.
 *
 * <p>A file whose braces do not match is read a second time by its indentation: a body then ends where a line begins no
 * deeper than the member it belongs to.
 */
final class Skipper {
    private static final int LOOK_AHEAD = 32; // tokens of what may be type arguments or two comparisons

    private static final int OPERATOR = 0; // what a < means where it stands
    private static final int CREATED = 1;
    private static final int DOT = 2;

    private final Lexer lexer;
    private boolean byIndentation;
    private int member; // offset where the member that is being read begins
    private int line; // where the line begins whose indentation was asked for last, and which may be all of the text
    private int lineSeen; // how far that line goes at least
    private int column; // its indentation

    Skipper(Lexer lexer) {
        this.lexer = lexer;
    }

    void begin(boolean byIndentation) {
        this.byIndentation = byIndentation;
        line = -1;
        lineSeen = -1;
    }

    void memberAt(int offset) {
        member = offset;
    }

    /** From an opening brace to the token after its closing one. */
    void block() {
        int after = byIndentation ? indentedBlockEnd(lexer.stop) : blockEnd(lexer.stop);
        lexer.jump(after);
    }

    private int blockEnd(int from) {
        char[] text = lexer.text;
        int end = lexer.end;
        int depth = 1;
        int i = from;
        while (i < end) {
            char c = text[i];
            if (!Ascii.isStructure(c)) {
                i++;
            } else if (c == '}') {
                i++;
                if (--depth == 0) {
                    return i;
                }
            } else {
                depth += c == '{' ? 1 : 0;
                i = after(text, i, end);
            }
        }
        return end;
    }

    /** After the comment, the literal or the single mark at {@code at}. */
    private static int after(char[] text, int at, int end) {
        char c = text[at];
        if (c == '/') {
            return Math.max(at + 1, Lexer.commentEnd(text, at, end));
        }
        return c == '"' || c == '\'' ? Lexer.quoteEnd(text, at, end) : at + 1;
    }

    private int indentedBlockEnd(int from) {
        char[] text = lexer.text;
        int end = lexer.end;
        int column = indentation(member);
        int depth = 1;
        int i = from;
        while (i < end) {
            char c = text[i];
            if (c == '\n' || c == '\r') {
                i = firstOfLine(i + 1);
                int ended = i < end ? endedAt(i, column) : end;
                if (ended >= 0) {
                    return ended;
                }
            } else if (c == '}') {
                i++;
                if (--depth == 0) {
                    return i;
                }
            } else {
                depth += c == '{' ? 1 : 0;
                i = after(text, i, end);
            }
        }
        return end;
    }

    /** Where a body whose member stands at {@code column} has ended if its line begins at {@code at}, or -1. */
    private int endedAt(int at, int column) {
        int here = indentation(at);
        if (lexer.text[at] == '}' && here <= column) {
            return here == column ? at + 1 : at;
        }
        return here <= column && opensMember(at) ? at : -1;
    }

    private boolean opensMember(int at) {
        if (lexer.text[at] == '@') {
            return true;
        }
        int stop = at;
        while (stop < lexer.end && lexer.text[stop] < 128 && Ascii.isWordPart(lexer.text[stop])) {
            stop++;
        }
        if (stop == at) {
            return false;
        }
        return switch (Word.of(lexer.text, at, stop)) {
            case PUBLIC, PRIVATE, PROTECTED, STATIC, FINAL, ABSTRACT, CLASS, INTERFACE, ENUM, RECORD -> true;
            default -> false;
        };
    }

    private int firstOfLine(int from) {
        int i = from;
        while (i < lexer.end && (lexer.text[i] == ' ' || lexer.text[i] == '\t')) {
            i++;
        }
        return i;
    }

    /** How many blanks stand before the first character of the line that holds {@code offset}. */
    int indentation(int offset) {
        int begin = offset;
        while (begin > 0 && lexer.text[begin - 1] != '\n' && lexer.text[begin - 1] != '\r') {
            begin = line <= begin && begin <= lineSeen ? line : begin - 1;
        }
        if (begin != line) {
            line = begin;
            lineSeen = begin;
            column = firstOfLine(begin) - begin;
        }
        lineSeen = Math.max(lineSeen, offset);
        return column;
    }

    /** From an opening parenthesis to the token after its closing one, at most to the next semicolon outside braces. */
    void parentheses() {
        int depth = 0;
        while (lexer.token != Lexer.END && lexer.token != ';' && lexer.token != '}') {
            if (lexer.token == '{') {
                block();
                continue;
            }
            depth += lexer.token == '(' ? 1 : lexer.token == ')' ? -1 : 0;
            lexer.next();
            if (depth == 0) {
                return;
            }
        }
    }

    /** To the comma, semicolon or closing brace that ends an initialiser, or to what cannot be part of one. */
    void initialiser() {
        int depth = 0;
        int state = OPERATOR;
        while (lexer.token != Lexer.END && lexer.token != ';' && lexer.token != '}') {
            if (depth == 0 && (lexer.token == ',' || opensNextMember())) {
                return;
            }
            if (lexer.token == '{') {
                block();
            } else if (lexer.token == '<' && depth == 0 && isTypeArguments(state)) {
                typeArguments(Integer.MAX_VALUE);
            } else {
                state = next(state);
                depth += lexer.token == '(' || lexer.token == '[' ? 1 : 0;
                depth -= depth > 0 && (lexer.token == ')' || lexer.token == ']') ? 1 : 0;
                lexer.next();
            }
        }
    }

    private boolean opensNextMember() {
        return switch (lexer.word()) {
            case PUBLIC, PRIVATE, PROTECTED, STATIC, ABSTRACT, VOLATILE, TRANSIENT, NATIVE -> true;
            default -> false;
        };
    }

    /** What a {@code <} after this token is: type arguments within a created type's name and right after a dot. */
    private int next(int state) {
        if (lexer.token == Lexer.WORD) {
            var word = lexer.word();
            return state == CREATED || word == Word.NEW || word == Word.INSTANCEOF ? CREATED : OPERATOR;
        }
        if (lexer.token == '.') {
            return state == CREATED ? CREATED : DOT;
        }
        return state == CREATED && lexer.token == '@' ? CREATED : OPERATOR;
    }

    private boolean isTypeArguments(int state) {
        if (state != OPERATOR) {
            return true;
        }
        var mark = new Mark(lexer);
        boolean closed = typeArguments(LOOK_AHEAD);
        boolean named = closed && ((lexer.is(':') && lexer.peek() == ':') || (lexer.is('[') && lexer.peek() == ']'));
        mark.restore();
        return named;
    }

    /** From {@code <} to the token after its {@code >}; false when something stands there that no type can hold. */
    private boolean typeArguments(int tokensMax) {
        int depth = 0;
        for (int i = 0; i < tokensMax; i++) {
            switch (lexer.token) {
                case '<' -> depth++;
                case '>' -> depth--;
                case Lexer.WORD, ',', '.', '?', '&', '[', ']' -> {}
                case '@' -> {}
                default -> {
                    return false;
                }
            }
            lexer.next();
            if (depth == 0) {
                return true;
            }
        }
        return false;
    }

    /** A statement between members: to its semicolon or past its block. */
    void statement() {
        while (lexer.token != Lexer.END && lexer.token != ';' && lexer.token != '}') {
            if (lexer.token == '{') {
                block();
                return;
            }
            lexer.next();
        }
    }

    /** A place in the text to come back to. */
    private static final class Mark {
        private final Lexer lexer;
        private final int token;
        private final int start;
        private final int stop;

        Mark(Lexer lexer) {
            this.lexer = lexer;
            token = lexer.token;
            start = lexer.start;
            stop = lexer.stop;
        }

        void restore() {
            lexer.token = token;
            lexer.start = start;
            lexer.stop = stop;
        }
    }
}
