package dev.skein.review.finding;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a quote stands in a text: as it is, or with any or no blanks and line ends between its characters. A quote
 * that begins or ends with a part of a name is not found inside a longer name unless it is nowhere else. Not
 * thread-safe.
 */
final class Places {
    /** More are not looked for: a quote that is everywhere says nothing. */
    private static final int PLACES_MAX = 10_000;

    private final String text;
    private String squeezed = "";
    private int[] offsets = new int[0]; // of the squeezed text's characters in the text
    private boolean isSqueezed;

    Places(String text) {
        this.text = text;
    }

    /** A stretch of the text. */
    record Place(int from, int to) {}

    /** Where {@code needle} stands exactly, else where it does but for blanks; in the order of the text. */
    List<Place> find(String needle) {
        var exact = whole(exact(needle));
        return exact.isEmpty() ? tolerant(needle) : exact;
    }

    /** Where the same characters stand, blanks and line ends aside. */
    List<Place> tolerant(String needle) {
        squeeze();
        var wanted = squeezed(needle);
        List<Place> found = new ArrayList<>();
        if (wanted.isEmpty()) {
            return found;
        }
        int at = squeezed.indexOf(wanted);
        while (at >= 0 && found.size() < PLACES_MAX) {
            found.add(new Place(offsets[at], offsets[at + wanted.length() - 1] + 1));
            at = squeezed.indexOf(wanted, at + wanted.length());
        }
        return whole(found);
    }

    private List<Place> exact(String needle) {
        List<Place> found = new ArrayList<>();
        int at = text.indexOf(needle);
        while (at >= 0 && found.size() < PLACES_MAX) {
            found.add(new Place(at, at + needle.length()));
            at = text.indexOf(needle, at + needle.length());
        }
        return found;
    }

    private List<Place> whole(List<Place> places) {
        var whole = places.stream().filter(this::isWhole).toList();
        return whole.isEmpty() ? places : whole;
    }

    private boolean isWhole(Place place) {
        return !isInside(place.from) && !isInside(place.to);
    }

    private boolean isInside(int offset) {
        return offset > 0
                && offset < text.length()
                && Character.isUnicodeIdentifierPart(text.charAt(offset - 1))
                && Character.isUnicodeIdentifierPart(text.charAt(offset));
    }

    private void squeeze() {
        if (isSqueezed) {
            return;
        }
        isSqueezed = true;
        var kept = new StringBuilder(text.length());
        offsets = new int[text.length()];
        for (int i = 0; i < text.length(); i++) {
            if (!isBlank(text.charAt(i))) {
                offsets[kept.length()] = i;
                kept.append(text.charAt(i));
            }
        }
        squeezed = kept.toString();
    }

    /** {@code text} without blanks and line ends. */
    static String squeezed(String text) {
        var kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (!isBlank(text.charAt(i))) {
                kept.append(text.charAt(i));
            }
        }
        return kept.toString();
    }

    private static boolean isBlank(char c) {
        return c <= ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
