package dev.skein.cli.review.fix;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.review.ReviewApi;
import dev.skein.cli.show.Column;
import dev.skein.cli.show.Kind;
import dev.skein.cli.terminal.Clean;
import dev.skein.review.Finding;
import java.util.List;
import java.util.Locale;

/**
 * What became of one finding.
 *
 * @param reason why it was not kept; empty when it was
 * @param commit whole name; empty when it was not kept
 */
record Tried(Finding finding, State state, String reason, String commit) {
    static final Kind KIND = new Kind(
            "fixes",
            "fingerprint",
            List.of(
                    Column.of("STATE", "state", Column.Form.STATE),
                    Column.of("PLACE", "place", Column.Form.TEXT),
                    Column.of("RULE", "rule", Column.Form.TEXT),
                    Column.of("REASON", "reason", Column.Form.TEXT),
                    Column.wide("SEVERITY", "severity", Column.Form.TEXT),
                    Column.wide("COMMIT", "commit", Column.Form.TEXT),
                    Column.wide("FINGERPRINT", "fingerprint", Column.Form.TEXT)));

    enum State {
        KEPT,
        /** The build said no, or a secret would have been written. */
        REJECTED,
        /** It could not be applied. */
        SKIPPED,
        /** Nobody knows. */
        UNTRIED
    }

    static Tried kept(Finding finding, String commit) {
        return new Tried(finding, State.KEPT, "", commit);
    }

    static Tried not(Finding finding, State state, String reason) {
        return new Tried(finding, state, reason, "");
    }

    String place() {
        return Clean.line(finding.path()) + ":" + finding.region().startLine();
    }

    /** What it became, on one line. */
    String line() {
        return state == State.KEPT ? "kept as " + commit.substring(0, 12) : word() + ": " + Clean.line(reason);
    }

    private String word() {
        return state.name().toLowerCase(Locale.ROOT);
    }

    JsonNode row() {
        return ReviewApi.JSON
                .createObjectNode()
                .put("state", word())
                .put("place", finding.path() + ":" + finding.region().startLine())
                .put("path", finding.path())
                .put("line", finding.region().startLine())
                .put("rule", finding.rule())
                .put("severity", finding.severity().word())
                .put("reason", reason)
                .put("commit", commit)
                .put("fingerprint", finding.fingerprint());
    }
}
