package dev.skein.review.engine.check;

import dev.skein.review.Proposal;
import dev.skein.review.Rule;
import dev.skein.review.Severity;
import java.util.List;
import java.util.function.Consumer;

/** Conflicts that a merge left behind: an opening marker counts when a separator and a closing one follow it. */
final class MergeMarkers implements TextCheck {
    private static final String OPEN = "<".repeat(7);
    private static final String BETWEEN = "=".repeat(7);
    private static final String CLOSE = ">".repeat(7);
    private static final Rule RULE = new Rule(
            "merge-conflict",
            "A conflict of a merge was not resolved",
            "The markers of a conflict and both versions are in the file. Keep what is right and delete the markers.",
            "https://git-scm.com/docs/git-merge#_how_conflicts_are_presented",
            Severity.HIGH,
            List.of("correctness"));

    @Override
    public List<Rule> rules() {
        return List.of(RULE);
    }

    @Override
    public void look(Text text, Consumer<Proposal> found) {
        int open = 0;
        boolean isSeparated = false;
        for (int number = 1; number <= text.lines(); number++) {
            var line = text.line(number);
            if (isMarker(line, OPEN)) {
                open = number;
                isSeparated = false;
            } else if (open > 0 && line.equals(BETWEEN)) {
                isSeparated = true;
            } else if (isSeparated && isMarker(line, CLOSE)) {
                found.accept(text.at(
                        open, RULE, "An unresolved merge conflict begins here and ends at line " + number + "."));
                open = 0;
                isSeparated = false;
            }
        }
    }

    private static boolean isMarker(String line, String marker) {
        return line.startsWith(marker) && (line.length() == marker.length() || line.charAt(marker.length()) == ' ');
    }
}
