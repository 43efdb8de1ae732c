package dev.skein.coordinator.review;

import dev.skein.coordinator.review.rows.Counts;
import dev.skein.coordinator.review.rows.DismissalRows;
import dev.skein.coordinator.review.rows.PartRows;
import dev.skein.coordinator.review.rows.PartRows.Kept;
import dev.skein.coordinator.review.rows.PartRows.Owner;
import dev.skein.coordinator.review.rows.SealRows;
import dev.skein.coordinator.review.rows.TaskRows;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.review.Finding;
import dev.skein.review.finding.suppress.Dismissals;
import dev.skein.review.run.ReviewParts;
import dev.skein.review.run.ReviewParts.Part;
import dev.skein.review.run.ReviewParts.Seal;
import dev.skein.review.run.ReviewParts.Taken;
import dev.skein.store.Transaction;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes what attempts found. Of each task one attempt counts: the first that looked at all of it. */
final class Sealing {
    static final int PARTS_MAX = 400; // of one task: 100,000 findings

    private final Means means;

    Sealing(Means means) {
        this.means = means;
    }

    Future<Taken> part(Part part) {
        if (part.lines().length > ReviewParts.BYTES_MAX || part.findings() > ReviewParts.FINDINGS_MAX) {
            throw new Problem(
                    Kind.TOO_LARGE,
                    "a part has at most %d bytes and %d findings"
                            .formatted(ReviewParts.BYTES_MAX, ReviewParts.FINDINGS_MAX));
        }
        if (part.number() < 0 || part.number() >= PARTS_MAX) {
            throw new Problem(
                    Kind.TOO_LARGE,
                    "review_task_too_large",
                    "one task has at most %d parts of findings".formatted(PARTS_MAX),
                    List.of());
        }
        var owner = Owner.of(part.attempt());
        var kept = new Kept(part.number(), part.findings(), FindingLines.kept(part.lines()));
        return means.store().write(tx -> {
            if (!isAwaited(tx, owner)) {
                return new Taken(false);
            }
            if (part.number() == 0) {
                PartRows.deleteOthers(tx, owner);
                beginAnew(tx, owner);
            }
            PartRows.insert(tx, owner, kept);
            return new Taken(true);
        });
    }

    /** What was done elsewhere may be sent again with other findings under the same number; those of a job are the same. */
    private static void beginAnew(Transaction tx, Owner owner) throws SQLException {
        if (owner.job() == Owner.NO_JOB) {
            PartRows.deleteUnsealed(tx, owner);
        }
    }

    /** Whether it is of the task's present job, or was done elsewhere while the task has none. */
    private static boolean isAwaited(Transaction tx, Owner owner) throws SQLException {
        Means.known(tx, owner.run());
        var task = TaskRows.get(tx, owner.run(), owner.task());
        if (task.isEmpty()) {
            throw Problem.notFound("review_not_found", "the review has no task " + owner.task());
        }
        var job = task.get().job();
        return owner.job() == (job == null ? Owner.NO_JOB : job);
    }

    Future<Taken> seal(Seal seal) {
        var owner = Owner.of(seal.attempt());
        return means.store()
                .read(tx -> known(tx, owner))
                .compose(known -> recount(owner, known.dismissals, Optional.of(Counts.of(seal)))
                        .compose(counts -> means.store().write(tx -> seal(tx, seal, known, counts))))
                .compose(taken -> taken.isPresent() ? Future.succeededFuture(taken.get()) : seal(seal));
    }

    private static Known known(Transaction tx, Owner owner) throws SQLException {
        var base = Means.known(tx, owner.run()).name();
        return new Known(owner, base, DismissalRows.all(tx, base), DismissalRows.count(tx, base));
    }

    /** None when something was dismissed meanwhile. */
    private Optional<Taken> seal(Transaction tx, Seal seal, Known known, Counts counts) throws SQLException {
        var owner = known.owner;
        if (!isAwaited(tx, owner)) {
            return Optional.of(new Taken(false));
        }
        if (DismissalRows.count(tx, known.base) != known.number) {
            return Optional.empty();
        }
        if (seal.parts() == 0) {
            beginAnew(tx, owner);
        }
        if (PartRows.count(tx, owner) != seal.parts()) {
            throw Problem.conflict("review_parts_missing", "not all parts of the findings have arrived");
        }
        boolean isFirst = SealRows.seal(tx, seal, counts, means.now());
        if (isFirst) {
            PartRows.deleteOthers(tx, owner);
        }
        return Optional.of(new Taken(isFirst));
    }

    /** What was dismissed before an attempt is sealed. */
    private record Known(Owner owner, String base, Dismissals dismissals, int number) {}

    /** Of all parts of an attempt; what is given where nothing can have been dismissed. */
    Future<Counts> recount(Owner owner, Dismissals dismissals, Optional<Counts> otherwise) {
        if (dismissals.isEmpty() && otherwise.isPresent()) {
            return Future.succeededFuture(otherwise.get());
        }
        return means.store()
                .read(tx -> PartRows.from(tx, owner, 0, PARTS_MAX))
                .compose(parts -> means.vertx().executeBlocking(() -> Counts.of(applied(parts, dismissals)), false));
    }

    static List<Finding> applied(List<Kept> parts, Dismissals dismissals) {
        var findings = new ArrayList<Finding>();
        parts.forEach(
                part -> FindingLines.of(part.lines()).forEach(finding -> findings.add(dismissals.apply(finding))));
        return findings;
    }
}
