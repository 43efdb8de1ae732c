package dev.skein.review.ledger.claim;

import dev.skein.review.ledger.Ledger;
import dev.skein.review.ledger.Task;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The remote at one moment.
 *
 * @param head commit of the branch
 * @param holders by task
 */
public record View(String head, Ledger ledger, SortedMap<String, Holder> holders) {
    public View {
        holders = Collections.unmodifiableSortedMap(new TreeMap<>(holders));
    }

    /**
     * Whose a task is.
     *
     * @param object name of the claim's commit
     * @param isExpired whether it has not changed for as long as it lasts, as seen from here
     */
    public record Holder(String object, ClaimNote note, boolean isExpired) {
        /** Whether somebody works at it, as far as can be told. */
        public boolean isLive() {
            return !note.isReleased() && !isExpired;
        }
    }

    public @Nullable Holder holder(String task) {
        return holders.get(task);
    }

    public Optional<Task> task(String id) {
        return Optional.ofNullable(ledger.issue(id)).flatMap(Task::of);
    }

    public List<Task> tasks() {
        return ledger.issues().values().stream()
                .flatMap(issue -> Task.of(issue).stream())
                .toList();
    }
}
