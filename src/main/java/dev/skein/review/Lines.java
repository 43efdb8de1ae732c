package dev.skein.review;

/**
 * Lines of a text, both ends included, from 1.
 *
 * @param last not before {@code first}
 */
public record Lines(int first, int last) {
    public Lines {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("lines " + first + " to " + last);
        }
    }

    public int count() {
        return last - first + 1;
    }

    public boolean contains(int line) {
        return first <= line && line <= last;
    }
}
