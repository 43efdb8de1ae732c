package dev.skein.worker.index.code;

/** Lines of a text, to be shown. */
final class Lines {
    private static final int LETTERS_MAX = 200;

    private Lines() {}

    /** The line around an offset without the blanks around it; cut when it is long. */
    static String of(String text, int offset) {
        int from = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
        int to = offset;
        while (to < text.length() && text.charAt(to) != '\n' && text.charAt(to) != '\r') {
            to++;
        }
        int start = offset - from > LETTERS_MAX ? offset : from;
        var line = text.substring(start, to).strip();
        return line.length() > LETTERS_MAX ? line.substring(0, LETTERS_MAX) : line;
    }
}
