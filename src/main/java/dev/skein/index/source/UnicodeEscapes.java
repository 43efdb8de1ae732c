package dev.skein.index.source;

import java.util.Arrays;

/**
 * Java's Unicode escapes resolved before anything else looks at the text (JLS 3.3): a backslash that follows an even
 * number of backslashes, one or more {@code u}, four hexadecimal digits.
 *
 * <p>Positions are reported in the text as it was written, so every resolved escape is remembered.
 */
public final class UnicodeEscapes {
    private static final int DIGITS = 4;

    private char[] text = new char[0];
    private int end;
    private int[] places = new int[16]; // offsets in the resolved text right after an escape, rising
    private int[] shifts = new int[16]; // how much longer the written text is up to there
    private int escapes;

    /** Resolves {@code written[0, length)}; without an escape it is taken as it is, without a copy. */
    public void read(char[] written, int length) {
        take(written, length);
        int first = next(written, 0, length);
        if (first < length) {
            resolve(written, length, first);
        }
    }

    /** Takes {@code written[0, length)}, in which there is no escape, as it is. */
    public void take(char[] written, int length) {
        text = written;
        end = length;
        escapes = 0;
    }

    public char[] text() {
        return text;
    }

    public int end() {
        return end;
    }

    /** The offset in the written text of the character at {@code offset} in the resolved one. */
    public int written(int offset) {
        if (escapes == 0) {
            return offset;
        }
        int found = Arrays.binarySearch(places, 0, escapes, offset);
        int index = found >= 0 ? found : -found - 2;
        return index < 0 ? offset : offset + shifts[index];
    }

    private void resolve(char[] written, int length, int first) {
        text = new char[length];
        System.arraycopy(written, 0, text, 0, first);
        int to = first;
        int from = first;
        while (from < length) {
            int digits = digits(written, from, length);
            text[to++] = value(written, digits);
            from = digits + DIGITS;
            remember(to, from - to);
            int until = next(written, from, length);
            System.arraycopy(written, from, text, to, until - from);
            to += until - from;
            from = until;
        }
        end = to;
    }

    private void remember(int place, int shift) {
        if (escapes == places.length) {
            places = Arrays.copyOf(places, escapes * 2);
            shifts = Arrays.copyOf(shifts, escapes * 2);
        }
        places[escapes] = place;
        shifts[escapes++] = shift;
    }

    /** Where the next escape begins, or {@code length}. */
    private static int next(char[] written, int from, int length) {
        for (int i = from; i < length; i++) {
            if (written[i] != '\\') {
                continue;
            }
            if (digits(written, i, length) >= 0) {
                return i;
            }
            i++; // whatever follows is not the beginning of an escape
        }
        return length;
    }

    /** Where the digits of the escape at {@code at} begin, or -1 when there is none. */
    private static int digits(char[] written, int at, int length) {
        int i = at + 1;
        while (i < length && written[i] == 'u') {
            i++;
        }
        if (i == at + 1 || i + DIGITS > length) {
            return -1;
        }
        for (int k = i; k < i + DIGITS; k++) {
            if (Character.digit(written[k], 16) < 0) {
                return -1;
            }
        }
        return i;
    }

    private static char value(char[] written, int digits) {
        int value = 0;
        for (int k = digits; k < digits + DIGITS; k++) {
            value = value * 16 + Character.digit(written[k], 16);
        }
        return (char) value;
    }
}
