package dev.skein.review.fix;

import dev.skein.review.Finding;
import dev.skein.review.Lines;
import dev.skein.review.fix.NotFixable.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The fixes of one file, one after another. Each is made on the text that the kept ones before it left. Not
 * thread-safe.
 */
public final class FileFixes {
    private static final int QUOTE_MAX = 2_000; // a longer one is cut, and says no more what is replaced

    private final List<Kept> kept = new ArrayList<>();

    /** Where a kept fix was, in lines of the text that was reviewed. */
    private record Kept(Lines lines, int grown, String rule) {}

    /** Whether anything says what should stand in the place of this finding. */
    public static boolean isFixable(Finding finding) {
        return finding.replacement() != null
                || Mechanical.EVERYWHERE.contains(finding.rule())
                || Mechanical.replacement(finding) != null;
    }

    /** Whether the whole file is put right; such fixes come last, as they may change what others quote. */
    public static boolean isEverywhere(Finding finding) {
        return finding.replacement() == null && Mechanical.EVERYWHERE.contains(finding.rule());
    }

    /**
     * What the file becomes.
     *
     * @param text as it is now, with the fixes that were kept
     */
    public Change change(Finding finding, String text) throws NotFixable {
        if (isEverywhere(finding)) {
            var fixed = Mechanical.everywhere(finding.rule(), finding.path(), text);
            return changed(text, new Change(fixed, new Lines(1, Math.max(1, lines(text) + 1)), 0, true));
        }
        var replacement = finding.replacement() == null ? Mechanical.replacement(finding) : finding.replacement();
        if (replacement == null) {
            throw new NotFixable(Reason.NO_REPLACEMENT, "nothing says what should stand there");
        }
        requireApart(finding);
        var place = place(finding, text);
        return changed(text, replaced(text, place, replacement));
    }

    private static Change changed(String before, Change change) throws NotFixable {
        if (change.text().equals(before)) {
            throw new NotFixable(Reason.UNSAFE, "it would change nothing");
        }
        return change;
    }

    /** Notes that a fix stays. */
    public void keep(Finding finding, Change change) {
        if (!change.isEverywhere()) {
            kept.add(new Kept(original(finding), change.grown(), finding.rule()));
        }
    }

    private static Lines original(Finding finding) {
        int first = Math.max(1, finding.region().startLine());
        return new Lines(first, Math.max(first, finding.region().endLine()));
    }

    private void requireApart(Finding finding) throws NotFixable {
        var wanted = original(finding);
        for (var each : kept) {
            if (each.lines.first() <= wanted.last() && wanted.first() <= each.lines.last()) {
                throw new NotFixable(Reason.OVERLAPS, "the fix of %s changed these lines".formatted(each.rule));
            }
        }
    }

    /** A stretch of the text. */
    private record Place(int from, int to) {}

    private Place place(Finding finding, String text) throws NotFixable {
        if (finding.quote().isBlank() || finding.quote().length() >= QUOTE_MAX) {
            throw new NotFixable(Reason.UNSAFE, "the quote is not whole");
        }
        var unix = finding.quote().replace("\r\n", "\n");
        var places = new ArrayList<Place>();
        places.addAll(places(text, unix));
        if (unix.contains("\n")) {
            places.addAll(places(text, unix.replace("\n", "\r\n")));
        }
        if (places.isEmpty()) {
            throw new NotFixable(Reason.QUOTE_GONE, "the quoted code is not in the last commit");
        }
        int line = expected(finding);
        return places.stream()
                .filter(each -> isAt(text, each.from, line, finding.region().startColumn()))
                .findFirst()
                .or(() -> places.size() == 1 ? places.stream().findFirst() : Optional.empty())
                .orElseThrow(() -> new NotFixable(
                        Reason.AMBIGUOUS,
                        "the quoted code is at %d places and not where it was".formatted(places.size())));
    }

    private static List<Place> places(String text, String quote) {
        var places = new ArrayList<Place>();
        for (int at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
            places.add(new Place(at, at + quote.length()));
        }
        return places;
    }

    /** The line where the finding should be after what was kept above it. */
    private int expected(Finding finding) {
        int first = original(finding).first();
        return first
                + kept.stream()
                        .filter(each -> each.lines.last() < first)
                        .mapToInt(Kept::grown)
                        .sum();
    }

    private static boolean isAt(String text, int offset, int line, int column) {
        return lines(text.substring(0, offset)) + 1 == line && offset - lineStart(text, offset) + 1 == column;
    }

    private static int lineStart(String text, int offset) {
        int at = offset;
        while (at > 0 && text.charAt(at - 1) != '\n' && text.charAt(at - 1) != '\r') {
            at--;
        }
        return at;
    }

    private static int lineEnd(String text, int offset) {
        int at = offset;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        return at;
    }

    /** How many line ends there are. */
    private static int lines(String text) {
        int lines = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean isPair = text.charAt(i) == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            lines += (text.charAt(i) == '\n' || text.charAt(i) == '\r') && !isPair ? 1 : 0;
        }
        return lines;
    }

    private static Change replaced(String text, Place place, String replacement) {
        var with = replacement.strip().replace("\r\n", "\n").replace("\n", Mechanical.end(text));
        int from = place.from;
        int to = place.to;
        if (with.isEmpty()) {
            int start = lineStart(text, from);
            int end = lineEnd(text, to);
            boolean isAlone = text.substring(start, from).isBlank()
                    && text.substring(to, end).isBlank();
            from = isAlone ? start : from;
            to = isAlone ? afterEnd(text, end) : to;
        }
        int first = lines(text.substring(0, place.from)) + 1;
        int last = lines(text.substring(0, place.to)) + 1;
        var changed = text.substring(0, from) + with + text.substring(to);
        return new Change(changed, new Lines(first, last), lines(changed) - lines(text), false);
    }

    private static int afterEnd(String text, int end) {
        return text.startsWith("\r\n", end) ? end + 2 : Math.min(text.length(), end + 1);
    }
}
