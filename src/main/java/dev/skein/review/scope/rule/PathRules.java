package dev.skein.review.scope.rule;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rules in their order; the last that matches decides. Immutable. */
public final class PathRules {
    /** Rules of one list at most; what comes after is not read. */
    public static final int RULES_MAX = 10_000;

    public static final PathRules NONE = new PathRules(List.of());

    private final List<PathRule> rules;

    private PathRules(List<PathRule> rules) {
        this.rules = List.copyOf(rules);
    }

    public enum Verdict {
        IGNORED,
        /** By a rule that begins with {@code !}. */
        WANTED,
        /** No rule is about it. */
        OPEN
    }

    /** Rules of lines, one each; lines without a rule are passed over. */
    public static PathRules of(Iterable<String> lines) {
        var rules = new ArrayList<PathRule>();
        for (var line : lines) {
            var rule = PathRule.of(line);
            if (rule != null && rules.size() < RULES_MAX) {
                rules.add(rule);
            }
        }
        return rules.isEmpty() ? NONE : new PathRules(rules);
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** What the rules say about a path, not about the directories on the way to it. */
    public Verdict verdict(String[] path, int from, boolean directory) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            if (rules.get(i).matches(path, from, directory)) {
                return rules.get(i).wanted() ? Verdict.WANTED : Verdict.IGNORED;
            }
        }
        return Verdict.OPEN;
    }

    /** Whether a rule names this path or a directory on the way to it, and none after it says otherwise. */
    public boolean covers(String path, boolean directory) {
        if (rules.isEmpty()) {
            return false;
        }
        var parts = path.split("/", -1);
        for (int length = parts.length; length > 0; length--) {
            var head = length == parts.length ? parts : Arrays.copyOf(parts, length);
            var verdict = verdict(head, 0, directory || length < parts.length);
            if (verdict != Verdict.OPEN) {
                return verdict == Verdict.IGNORED;
            }
        }
        return false;
    }
}
