package dev.skein.review.engine.check;

import dev.skein.review.Proposal;
import dev.skein.review.Rule;
import dev.skein.review.SourceFile;
import java.util.ArrayList;
import java.util.List;

/** All checks that every text gets. Thread-safe; takes time in proportion to the text. */
public final class TextChecks {
    /** Changes with what the checks find, so that results kept from before are not taken for today's. */
    public static final String VERSION = "text-1";

    private static final List<TextCheck> ALL = List.of(
            new Secrets(), new MergeMarkers(), new HiddenCharacters(), new Notes(), new DebugPrints(), new LineForm());

    private TextChecks() {}

    /** Every rule there is, in the order of the checks. */
    public static List<Rule> rules() {
        return ALL.stream().flatMap(check -> check.rules().stream()).toList();
    }

    /** What is found in a file, in the order of the checks and their places. */
    public static List<Proposal> look(SourceFile file) {
        var found = new ArrayList<Proposal>();
        var text = new Text(file);
        ALL.forEach(check -> check.look(text, found::add));
        return found;
    }
}
