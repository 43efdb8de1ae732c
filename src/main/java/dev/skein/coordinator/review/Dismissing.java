package dev.skein.coordinator.review;

import dev.skein.coordinator.review.rows.DismissalRows;
import dev.skein.coordinator.review.rows.PartRows;
import dev.skein.coordinator.review.rows.PartRows.Owner;
import dev.skein.coordinator.review.rows.Run;
import dev.skein.coordinator.review.rows.RunRows;
import dev.skein.coordinator.review.rows.SealRows;
import dev.skein.coordinator.review.rows.SealRows.Sealed;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.review.finding.suppress.Dismissals;
import dev.skein.review.finding.suppress.Dismissals.Dismissal;
import dev.skein.review.run.Reviews.Dismiss;
import dev.skein.review.run.Reviews.Dismissed;
import dev.skein.store.Transaction;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers what nobody wants to see again, and counts anew what was found before. */
final class Dismissing {
    private static final int DISMISSALS_MAX = 10_000; // of one code base
    private static final int REASON_MAX = 2_000;
    private static final int TASKS_AT_ONCE = 20;

    private final Means means;
    private final Sealing sealing;

    Dismissing(Means means, Sealing sealing) {
        this.means = means;
        this.sealing = sealing;
    }

    Future<Dismissed> dismiss(Dismiss ask) {
        if (ask.reason().isBlank() || ask.reason().length() > REASON_MAX) {
            throw Problem.invalid("a reason must have 1 to %d characters".formatted(REASON_MAX));
        }
        var dismissal =
                new Dismissal(ask.fingerprint(), ask.reason().strip(), ask.caller().subject());
        return means.store().read(tx -> Means.known(tx, ask.run())).compose(run -> owners(run, ask.fingerprint())
                .compose(found -> {
                    if (found.isEmpty()) {
                        throw Problem.notFound("finding_not_found", "the review found nothing of this fingerprint");
                    }
                    return means.store().write(tx -> put(tx, run, dismissal));
                })
                .compose(runs -> recount(runs, dismissal))
                .map(done -> new Dismissed(true)));
    }

    private List<Run> put(Transaction tx, Run run, Dismissal dismissal) throws SQLException {
        if (DismissalRows.count(tx, run.name()) >= DISMISSALS_MAX) {
            throw new Problem(
                    Kind.LIMITED,
                    "too_many_dismissals",
                    "%s has %d dismissals already".formatted(run.name(), DISMISSALS_MAX),
                    List.of());
        }
        DismissalRows.put(tx, run.name(), dismissal, means.now());
        return RunRows.ofBase(tx, run.name());
    }

    private Future<?> recount(List<Run> runs, Dismissal dismissal) {
        Future<?> last = Future.succeededFuture();
        for (var run : runs) {
            last = last.compose(done -> owners(run, dismissal.fingerprint()))
                    .compose(owners -> Future.join(
                            owners.stream().map(owner -> recount(run, owner)).toList()));
        }
        return last;
    }

    private Future<?> recount(Run run, Owner owner) {
        return means.store()
                .read(tx -> DismissalRows.all(tx, run.name()))
                .compose(dismissals -> sealing.recount(owner, dismissals, Optional.empty()))
                .compose(counts -> means.store().write(tx -> SealRows.count(tx, owner, counts)));
    }

    /** The attempts that count and have a finding of this fingerprint. */
    private Future<List<Owner>> owners(Run run, String fingerprint) {
        var found = new ArrayList<Owner>();
        return search(run, fingerprint, null, found).map(done -> found);
    }

    private Future<?> search(Run run, String fingerprint, @Nullable Sealed last, List<Owner> found) {
        return means.store()
                .read(tx -> last == null
                        ? SealRows.first(tx, run.id(), TASKS_AT_ONCE)
                        : SealRows.after(tx, last, TASKS_AT_ONCE))
                .compose(tasks -> {
                    if (tasks.isEmpty()) {
                        return Future.succeededFuture();
                    }
                    Future<?> each = Future.succeededFuture();
                    for (var task : tasks) {
                        each = each.compose(done -> has(task.owner(), fingerprint))
                                .onSuccess(has -> addWhen(has, task.owner(), found));
                    }
                    return each.compose(done -> search(run, fingerprint, tasks.get(tasks.size() - 1), found));
                });
    }

    private static void addWhen(boolean has, Owner owner, List<Owner> found) {
        if (has) {
            found.add(owner);
        }
    }

    private Future<Boolean> has(Owner owner, String fingerprint) {
        return means.store()
                .read(tx -> PartRows.from(tx, owner, 0, Sealing.PARTS_MAX))
                .compose(parts -> parts.isEmpty()
                        ? Future.succeededFuture(false)
                        : means.vertx()
                                .executeBlocking(
                                        () -> Sealing.applied(parts, Dismissals.of(List.of())).stream()
                                                .anyMatch(finding ->
                                                        finding.fingerprint().equals(fingerprint)),
                                        false));
    }
}
