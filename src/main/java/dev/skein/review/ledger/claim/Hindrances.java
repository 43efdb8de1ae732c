package dev.skein.review.ledger.claim;

import dev.skein.kernel.Problem;
import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.TaskState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tasks whose claims a remote did not take although nobody was faster: a name that it cannot store, a lock that
 * somebody left. Each is left alone for a while that grows. Not thread-safe.
 */
final class Hindrances {
    private final ClaimTerms terms;
    private final InstantSource steady;
    private final Map<String, Hindrance> byTask = new HashMap<>();
    private @Nullable Instant idleSince; // null while there is something else to do

    /**
     * One that was met, maybe several times.
     *
     * @param object what the task's ref held; null: there was none
     */
    private record Hindrance(@Nullable String object, BackOff backOff, Instant until, String words) {}

    Hindrances(ClaimTerms terms, InstantSource steady) {
        this.terms = terms;
        this.steady = steady;
    }

    /** @param words of the remote */
    void met(String task, @Nullable String object, String words) {
        var before = byTask.get(task);
        boolean isSame = before != null && Objects.equals(before.object, object);
        var backOff = isSame && before != null ? before.backOff : new BackOff(terms, steady);
        byTask.put(task, new Hindrance(object, backOff, steady.instant().plus(backOff.next()), words));
    }

    void passed(String task) {
        byTask.remove(task);
        idleSince = null;
    }

    /** Whether it is not yet to be tried again. */
    boolean isPutOff(String task) {
        var hindrance = byTask.get(task);
        return hindrance != null && steady.instant().isBefore(hindrance.until);
    }

    /**
     * Told when there is nothing else to do.
     *
     * @throws Problem TIMEOUT with the remote's words, when a task was tried for as long as a change is, and there was
     *     nothing else to do for as long
     */
    void check(View view, String remote) {
        var now = steady.instant();
        var since = idleSince == null ? now : idleSince;
        idleSince = since;
        if (now.isBefore(since.plus(terms.patience()))) {
            return;
        }
        byTask.forEach((id, hindrance) -> {
            var holder = view.holder(id);
            boolean isThere = Objects.equals(hindrance.object, holder == null ? null : holder.object())
                    && view.task(id)
                            .map(Task::state)
                            .filter(TaskState.PENDING::equals)
                            .isPresent();
            if (isThere && !hindrance.backOff.hasTime()) {
                throw Problem.timeout("%s has not taken a claim of %s for %d s: %s"
                        .formatted(remote, id, terms.patience().toSeconds(), hindrance.words));
            }
        });
    }
}
