package dev.skein.review.fix;

import dev.skein.review.Proposal;
import dev.skein.review.SourceFile;
import dev.skein.review.engine.check.TextChecks;
import dev.skein.review.fix.NotFixable.Reason;
import dev.skein.review.scope.text.Languages;
import java.util.ArrayList;
import java.util.List;

/** Refuses to write what the own checks take for a secret and what was not there before. */
public final class SecretScan {
    private static final String SECRET = "secret-";

    private SecretScan() {}

    /** Fails when the new text has a secret that the text before has not. */
    public static void check(String path, String before, String after) throws NotFixable {
        var known = new ArrayList<>(
                secrets(path, before).stream().map(SecretScan::what).toList());
        for (var each : secrets(path, after)) {
            if (!known.remove(what(each))) {
                var message = "line %d would hold what looks like a secret (%s)";
                throw new NotFixable(
                        Reason.SECRET, message.formatted(each.region().startLine(), each.rule()));
            }
        }
    }

    private static List<Proposal> secrets(String path, String text) {
        var lines = (int) text.lines().count();
        return TextChecks.look(new SourceFile(path, Languages.UNKNOWN, text, "", lines)).stream()
                .filter(each -> each.rule().startsWith(SECRET))
                .toList();
    }

    private static String what(Proposal each) {
        return each.rule() + " " + each.quote();
    }
}
