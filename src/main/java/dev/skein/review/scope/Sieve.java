package dev.skein.review.scope;

import dev.skein.git.WorkTree;
import dev.skein.review.scope.Skipped.Reason;
import dev.skein.review.scope.Wanted.Skip;
import dev.skein.review.scope.rule.IgnoreChain;
import dev.skein.review.scope.rule.PathRule;
import dev.skein.review.scope.rule.PathRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says by its path alone why something is left out. */
final class Sieve {
    private final PathRules include;
    private final PathRules exclude;
    private final List<Leave> leaves = new ArrayList<>();
    private final @Nullable WorkTree tree;

    private final List<Rank> ranks;

    private record Leave(PathRule rule, Skip skip) {}

    private record Rank(PathRules rules, int priority) {}

    /**
     * Something in a directory.
     *
     * @param path relative to the root
     * @param parts from the top of the work tree or, outside of one, from the root
     * @param beside names in the same directory
     * @param ignored whether a directory on the way to it is ignored
     */
    record Entry(String path, String[] parts, boolean directory, Set<String> beside, boolean ignored) {}

    Sieve(Wanted wanted, @Nullable WorkTree tree) {
        this.tree = tree;
        include = PathRules.of(wanted.include());
        exclude = PathRules.of(wanted.exclude());
        ranks = wanted.priorities().stream()
                .map(rule -> new Rank(PathRules.of(List.of(rule.pattern())), rule.priority()))
                .toList();
        for (var skip : wanted.skips()) {
            var rule = PathRule.of(skip.pattern());
            if (rule != null) {
                leaves.add(new Leave(rule, skip));
            }
        }
    }

    /** Null when there is no reason. */
    @Nullable
    Reason reason(Entry entry, IgnoreChain chain) {
        if (exclude.covers(entry.path, entry.directory)) {
            return Reason.EXCLUDED;
        }
        if (!entry.directory && !include.isEmpty() && !include.covers(entry.path, false)) {
            return Reason.EXCLUDED;
        }
        if (isIgnored(entry, chain) && !isTracked(entry)) {
            return Reason.IGNORED;
        }
        return left(entry);
    }

    /** Whether git would not take it by itself; what it tracks already is wanted none the less. */
    boolean isIgnored(Entry entry, IgnoreChain chain) {
        return entry.ignored || chain.ignores(entry.parts, entry.directory);
    }

    private boolean isTracked(Entry entry) {
        if (tree == null) {
            return false;
        }
        var path = String.join("/", entry.parts);
        return entry.directory ? tree.tracksBelow(path) : tree.tracks(path);
    }

    private @Nullable Reason left(Entry entry) {
        if (leaves.isEmpty()) {
            return null;
        }
        var relative = entry.path.split("/", -1);
        for (var leave : leaves) {
            if (leave.rule.matches(relative, 0, entry.directory) && holds(leave.skip, entry)) {
                return leave.skip.reason();
            }
        }
        return null;
    }

    private boolean holds(Skip skip, Entry entry) {
        boolean near = skip.beside().isEmpty() || skip.beside().stream().anyMatch(entry.beside::contains);
        return near && (skip.reason() != Reason.OUTPUT || !isTracked(entry));
    }

    boolean isSubmodule(Entry entry) {
        return tree != null && tree.isSubmodule(String.join("/", entry.parts));
    }

    /** Priority of a directory. */
    int priority(String directory) {
        for (var rank : ranks) {
            if (rank.rules.covers(directory, true)) {
                return rank.priority;
            }
        }
        return Wanted.Priority.USUAL;
    }
}
