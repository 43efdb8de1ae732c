package dev.skein.review.ledger.result;

import dev.skein.review.Finding;
import dev.skein.review.Gap;
import dev.skein.review.Rule;
import dev.skein.review.finding.Tally;
import java.util.List;

/**
 * What a task found.
 *
 * @param lines of the task
 * @param reviewed of these
 * @param tally of what was proposed and not believed
 * @param rules that its findings are instances of
 * @param gaps lines that were not reviewed
 */
public record Result(
        By by, long lines, long reviewed, Tally tally, List<Rule> rules, List<Gap> gaps, List<Finding> findings) {
    public Result {
        rules = List.copyOf(rules);
        gaps = List.copyOf(gaps);
        findings = List.copyOf(findings);
    }

    /**
     * Who found it, by what.
     *
     * @param token of the claim
     * @param model empty for engines without one
     * @param fingerprint of the engine with the persona
     */
    public record By(String worker, long token, int attempt, String engine, String model, String fingerprint) {
        /** The same under another claim. */
        public By under(long other) {
            return new By(worker, other, attempt, engine, model, fingerprint);
        }
    }

    /** The same under another claim. */
    public Result under(long token) {
        return new Result(by.under(token), lines, reviewed, tally, rules, gaps, findings);
    }
}
