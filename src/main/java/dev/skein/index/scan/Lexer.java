package dev.skein.index.scan;

/**
 * Words, literals and single punctuation marks of a Java text, one at a time. Blanks and comments are passed over; the
 * last documentation comment is remembered.
 */
final class Lexer {
    /** Kinds of tokens beyond punctuation marks, which are their own character. */
    static final int END = -1;

    static final int WORD = 1;
    static final int LITERAL = 2;

    char[] text = new char[0];
    int end;
    int token;
    int start; // of the token
    int stop; // after the token
    int previousStop; // after the token before
    int docStart = -1; // of the last documentation comment since it was taken, or -1
    int docStop;

    /** Begins with the first token of {@code text[0, end)}. */
    void read(char[] text, int end) {
        this.text = text;
        this.end = end;
        docStart = -1;
        stop = 0;
        next();
    }

    /** Continues at {@code offset} as if everything before had been read. */
    void jump(int offset) {
        stop = offset;
        next();
        previousStop = offset;
    }

    int next() {
        previousStop = stop;
        start = skipBlanks(stop);
        if (start >= end) {
            start = end;
            stop = end;
            token = END;
            return token;
        }
        char c = text[start];
        if (isWordStart(c)) {
            stop = wordEnd(start + 1);
            token = WORD;
        } else if (c == '"' || c == '\'') {
            stop = quoteEnd(text, start, end);
            token = LITERAL;
        } else if (c >= '0' && c <= '9') {
            stop = numberEnd(start + 1);
            token = LITERAL;
        } else {
            stop = start + 1;
            token = c;
        }
        return token;
    }

    /** The token after this one, without moving on. */
    int peek() {
        int doc = docStart;
        int docEnd = docStop;
        int at = skipBlanks(stop);
        docStart = doc;
        docStop = docEnd;
        if (at >= end) {
            return END;
        }
        char c = text[at];
        if (isWordStart(c)) {
            return WORD;
        }
        return c == '"' || c == '\'' || (c >= '0' && c <= '9') ? LITERAL : c;
    }

    boolean is(int mark) {
        return token == mark;
    }

    boolean isWord(String word) {
        return token == WORD && matches(word, start, stop);
    }

    private boolean matches(String word, int from, int to) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text[i] != word.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }

    /** The word that this token is, or none. */
    Word word() {
        return token == WORD ? Word.of(text, start, stop) : Word.NONE;
    }

    private static boolean isWordStart(char c) {
        if (c < 128) {
            return Ascii.isWordStart(c);
        }
        return Character.isJavaIdentifierStart(c) || Character.isSurrogate(c);
    }

    private int wordEnd(int from) {
        int i = from;
        while (i < end && isWordPart(text[i])) {
            i++;
        }
        return i;
    }

    private static boolean isWordPart(char c) {
        if (c < 128) {
            return Ascii.isWordPart(c);
        }
        return Character.isJavaIdentifierPart(c) || Character.isSurrogate(c);
    }

    private int numberEnd(int from) {
        int i = from;
        while (i < end && (Ascii.isNumberPart(text[i]))) {
            i++;
        }
        return i;
    }

    private int skipBlanks(int from) {
        int i = from;
        while (i < end) {
            char c = text[i];
            if (c > ' ' && c != '/') {
                return i;
            }
            if (c <= ' ') {
                i++;
                continue;
            }
            int after = commentEnd(text, i, end);
            if (after == i) {
                return i;
            }
            rememberDoc(i, after);
            i = after;
        }
        return i;
    }

    private void rememberDoc(int from, int to) {
        if (text[from + 1] == '*') {
            if (to - from > 4 && text[from + 2] == '*') {
                docStart = from;
                docStop = to;
            }
        } else if (to - from >= 3 && text[from + 2] == '/') {
            docStart = followsDocLine(from) ? docStart : from;
            docStop = to;
        }
    }

    /** Whether the comment at {@code from} goes on with one of {@code ///} on the line before. */
    private boolean followsDocLine(int from) {
        if (docStart < 0 || text[docStart + 1] != '/') {
            return false;
        }
        int breaks = 0;
        for (int i = docStop; i < from; i++) {
            breaks += text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n') ? 1 : 0;
        }
        return breaks <= 1;
    }

    /**
     * After the comment that begins at {@code from}, or {@code from} when none does; an open one ends with the text.
     */
    static int commentEnd(char[] text, int from, int end) {
        if (from + 1 >= end) {
            return from;
        }
        if (text[from + 1] == '/') {
            int i = from + 2;
            while (i < end && text[i] != '\n' && text[i] != '\r') {
                i++;
            }
            return i;
        }
        return text[from + 1] == '*' ? blockEnd(text, from + 2, end) : from;
    }

    private static int blockEnd(char[] text, int from, int end) {
        for (int i = from; i < end - 1; i++) {
            if (text[i] == '*' && text[i + 1] == '/') {
                return i + 2;
            }
        }
        return end;
    }

    /** After the literal that opens at {@code from}; an open string or character ends with its line. */
    static int quoteEnd(char[] text, int from, int end) {
        char quote = text[from];
        if (quote == '"' && from + 2 < end && text[from + 1] == '"' && text[from + 2] == '"') {
            return textBlockEnd(text, from + 3, end);
        }
        for (int i = from + 1; i < end; i++) {
            char c = text[i];
            if (c == quote) {
                return i + 1;
            }
            if (c == '\n' || c == '\r') {
                return i;
            }
            if (c == '\\') {
                i++;
            }
        }
        return end;
    }

    private static int textBlockEnd(char[] text, int from, int end) {
        for (int i = from; i < end; i++) {
            char c = text[i];
            if (c == '\\') {
                i++;
            } else if (c == '"' && i + 2 < end && text[i + 1] == '"' && text[i + 2] == '"') {
                return i + 3;
            }
        }
        return end;
    }
}
