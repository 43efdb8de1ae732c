package dev.skein.cli.review.ledger.exchange;

import dev.skein.cli.review.ledger.LedgerSite;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.review.ledger.claim.View;
import dev.skein.review.ledger.exchange.Outgoing.Told;
import dev.skein.review.run.Reviews.TaskState;
import dev.skein.review.scope.Wanted;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The branch that a review is to be written to: whether it is of that repository, and what of it has a place there. */
final class ExportTarget {
    private final LedgerSite site;
    private final ClusterRun told;
    private boolean isKnown; // that something of the branch is what was reviewed
    private int left;

    private record Place(String directory, int part) {
        static Place of(Told told) {
            return new Place(told.task().directory(), told.task().part());
        }
    }

    ExportTarget(LedgerSite site, ClusterRun told) {
        this.site = site;
        this.told = told;
    }

    /** Tasks that the branch had no place for when it was looked at last. */
    int left() {
        return left;
    }

    /** Those that the branch or its ledger has a place for. */
    List<Told> tasks(View view) {
        var hashes = hashes(view);
        requireHere(hashes.keySet());
        for (var task : view.tasks()) {
            var place = new Place(task.directory(), task.part());
            hashes.computeIfAbsent(place, each -> new HashSet<>()).add(task.hash());
        }
        requireSame(hashes);
        var here = told.tasks().stream()
                .filter(each -> hashes.containsKey(Place.of(each)))
                .toList();
        left = told.tasks().size() - here.size();
        return here;
    }

    private Map<Place, Set<String>> hashes(View view) {
        var run = told.run();
        var wanted = Wanted.DEFAULTS.including(run.include()).excluding(run.exclude());
        var hashes = new HashMap<Place, Set<String>>();
        site.finder
                .scope(view.head(), wanted)
                .units()
                .forEach(unit ->
                        hashes.put(new Place(unit.directory(), unit.part()), new HashSet<>(Set.of(unit.hash()))));
        return hashes;
    }

    private void requireHere(Set<Place> places) {
        boolean isHere =
                told.tasks().isEmpty() || told.tasks().stream().anyMatch(each -> places.contains(Place.of(each)));
        if (!isHere) {
            throw refused(
                    "the branch has none of the directories of review %s",
                    "the paths of a ledger's tasks begin at the top of its repository");
        }
    }

    /**
     * Directories of the same name are in many repositories; what was found is of one.
     *
     * @param hashes that files of a place have, or had when the ledger was told of them
     */
    private void requireSame(Map<Place, Set<String>> hashes) {
        var done = told.tasks().stream()
                .filter(each -> each.task().state() == TaskState.DONE && hashes.containsKey(Place.of(each)))
                .toList();
        isKnown = isKnown
                || done.isEmpty()
                || done.stream().anyMatch(each -> isAsFound(each, hashes.getOrDefault(Place.of(each), Set.of())));
        if (!isKnown) {
            throw refused(
                    "the branch has nothing as it was when review %s was made",
                    "it is of another repository, or all that it is about has changed since: review it anew");
        }
    }

    private boolean isAsFound(Told each, Set<String> hashes) {
        return hashes.contains(each.found().get().hash());
    }

    private Failure refused(String what, String why) {
        return Failure.of(ExitCode.FAILED, what.formatted(told.run().id()))
                .because(why)
                .advise("--repo names a clone of the repository that was reviewed as a whole");
    }
}
