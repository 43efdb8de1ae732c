package dev.skein.coordinator.review;

import dev.skein.coordinator.review.rows.PartRows;
import dev.skein.coordinator.review.rows.Run;
import dev.skein.coordinator.review.rows.RunRows;
import dev.skein.coordinator.review.rows.SealRows;
import dev.skein.coordinator.review.rows.SealRows.Content;
import dev.skein.coordinator.review.rows.TaskRows;
import dev.skein.kernel.Ids;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.review.run.ReviewParts;
import dev.skein.review.run.ReviewParts.Add;
import dev.skein.review.run.ReviewParts.Added;
import dev.skein.review.run.ReviewParts.Register;
import dev.skein.review.run.ReviewParts.Registered;
import dev.skein.review.run.ReviewParts.UnitPage;
import dev.skein.review.run.ReviewParts.UnitsAsk;
import dev.skein.review.scope.Scope;
import dev.skein.review.scope.Unit;
import dev.skein.store.Transaction;
import io.vertx.core.Future;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes runs and their units in; what is there already changes nothing. */
final class Intake {
    private static final int UNITS_OF_RUN = 100_000;
    private static final int ID_BYTES = 6;

    private final Means means;

    Intake(Means means) {
        this.means = means;
    }

    Future<Registered> register(Register ask) {
        if (ask.files() > Scope.FILES_MAX) {
            throw new Problem(Kind.TOO_LARGE, "a review has at most " + Scope.FILES_MAX + " files");
        }
        var id = "run-" + Ids.hex(ID_BYTES);
        return means.store().write(tx -> {
            var same = RunRows.same(tx, ask.key(), ask.hash());
            if (same.isPresent()) {
                return new Registered(same.get().id(), false);
            }
            makeRoom(tx);
            RunRows.insert(tx, run(id, ask));
            RunRows.skipped(tx, id, ask.paths());
            return new Registered(id, true);
        });
    }

    private Run run(String id, Register ask) {
        return new Run(
                id,
                ask.key(),
                ask.hash(),
                ask.name(),
                ask.root(),
                ask.node(),
                ask.origin(),
                ask.choice(),
                ask.persona(),
                ask.fingerprint(),
                ask.files(),
                ask.lines(),
                ask.skipped(),
                ask.caller().subject(),
                false,
                false,
                means.now(),
                null);
    }

    private void makeRoom(Transaction tx) throws SQLException {
        int surplus = RunRows.count(tx) + 1 - means.config().runsMax();
        if (surplus <= 0) {
            return;
        }
        var ended = RunRows.oldest(tx, surplus);
        if (ended.size() < surplus) {
            throw new Problem(
                    Kind.LIMITED,
                    "too_many_reviews",
                    "%d reviews are under way; wait for one to end, or cancel it"
                            .formatted(means.config().runsMax()),
                    List.of());
        }
        for (var run : ended) {
            RunRows.delete(tx, run.id());
        }
    }

    Future<Added> add(Add ask) {
        if (ask.units().size() > ReviewParts.UNITS_MAX) {
            throw Problem.invalid("at most %d units at once".formatted(ReviewParts.UNITS_MAX));
        }
        long now = means.now();
        return means.store().write(tx -> {
            var run = Means.known(tx, ask.run());
            int created = 0;
            for (var unit : ask.units()) {
                boolean isNew = TaskRows.insert(tx, run, unit, refusal(run, ask, unit));
                if (isNew) {
                    SealRows.takeOver(tx, run, new Content(unit.id(), unit.hash()), now);
                    created++;
                }
            }
            if (created > 0) {
                bound(tx, run);
                RunRows.finished(tx, run.id(), null);
            }
            if (ask.isLast()) {
                RunRows.filled(tx, run.id());
            }
            var awaited = ask.ended().isEmpty() ? new ArrayList<String>() : TaskRows.unheard(tx, run.id());
            awaited.retainAll(ask.ended().keySet());
            return new Added(created, awaited);
        });
    }

    private static @Nullable String refusal(Run run, Add ask, Unit unit) {
        return run.cancelled() ? "the run was cancelled" : ask.ended().get(unit.id());
    }

    private static void bound(Transaction tx, Run run) throws SQLException {
        if (TaskRows.count(tx, run.id()) > UNITS_OF_RUN) {
            throw new Problem(
                    Kind.TOO_LARGE, "too_many_tasks", "a review has at most " + UNITS_OF_RUN + " tasks", List.of());
        }
    }

    Future<UnitPage> units(UnitsAsk ask) {
        return means.store().read(tx -> {
            Means.known(tx, ask.run());
            var after = Objects.requireNonNullElse(ask.after(), "");
            var units = TaskRows.units(tx, ask.run(), after, ReviewParts.UNITS_MAX);
            boolean isMore = units.size() == ReviewParts.UNITS_MAX;
            return new UnitPage(units, isMore ? units.get(units.size() - 1).id() : null);
        });
    }

    /** Forgets runs that are too old, and what is left of those that are forgotten. */
    Future<Integer> forget() {
        long until = means.now() - means.config().retention().toMillis();
        return means.store()
                .read(tx -> !RunRows.expired(tx, until, 1).isEmpty()
                        || !PartRows.orphans(tx, 1).isEmpty())
                .compose(isAny -> isAny ? forget(until) : Future.succeededFuture(0));
    }

    private Future<Integer> forget(long until) {
        return means.store().write(tx -> {
            for (var run : RunRows.expired(tx, until, ReviewParts.UNITS_MAX)) {
                RunRows.delete(tx, run);
            }
            return PartRows.sweep(tx, ReviewParts.UNITS_MAX);
        });
    }

    /** Notes of runs that nothing is to be done for any more that they have ended. */
    Future<Integer> settle() {
        return means.store().read(RunRows::settled).compose(this::finished);
    }

    private Future<Integer> finished(List<String> settled) {
        if (settled.isEmpty()) {
            return Future.succeededFuture(0);
        }
        long now = means.now();
        return means.store().write(tx -> {
            for (var run : settled) {
                RunRows.finished(tx, run, now);
            }
            return settled.size();
        });
    }
}
