package dev.skein.coordinator.job.serve;

import dev.skein.coordinator.job.JobJournal.Cycle;
import dev.skein.coordinator.job.JobLedger;
import dev.skein.coordinator.job.JobPlane;
import dev.skein.job.Schedules;
import dev.skein.job.Schedules.Delete;
import dev.skein.job.Schedules.Deleted;
import dev.skein.job.Schedules.Get;
import dev.skein.job.Schedules.Listed;
import dev.skein.job.Schedules.Pause;
import dev.skein.job.Schedules.Plan;
import dev.skein.job.Schedules.Put;
import dev.skein.job.Schedules.View;
import dev.skein.job.cron.Cron;
import dev.skein.job.life.JobIds;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Schedules, and the jobs that are due by them. A time that was missed while nobody led is made up for once. */
final class Timetable {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final JobPlane plane;
    private final JobLedger ledger;
    private final Intake intake;

    Timetable(JobPlane plane, Intake intake) {
        this.plane = plane;
        this.ledger = plane.ledger();
        this.intake = intake;
    }

    Future<View> put(Put request) {
        return ledger.step(() -> {
            var before = ledger.cycle(request.id());
            check(request, before);
            return keep(request.id(), request.plan(), before);
        });
    }

    Future<View> pause(Pause request) {
        return ledger.step(() -> {
            var before = ledger.cycle(request.id());
            if (before == null) {
                throw unknown(request.id());
            }
            return before.plan().paused() == request.paused()
                    ? view(before)
                    : keep(request.id(), before.plan().pausing(request.paused()), before);
        });
    }

    private View keep(String id, Plan plan, @Nullable Cycle before) {
        var next = before == null
                ? new Cycle(id, plan, next(plan), null, null, 0)
                : new Cycle(id, plan, next(plan), before.lastAt(), before.lastJob(), before.skipped());
        ledger.put(next);
        return view(next);
    }

    private void check(Put request, @Nullable Cycle before) {
        if (!ID.matcher(request.id()).matches()) {
            throw Problem.invalid("the id of a schedule has 1 to 64 letters, digits, dots, dashes or underscores");
        }
        if (before != null && !request.replace()) {
            throw Problem.conflict("schedule_exists", "there is a schedule " + request.id() + " already");
        }
        if (before == null && ledger.cycles().size() >= Schedules.SCHEDULES_MAX) {
            var text = "there are " + Schedules.SCHEDULES_MAX + " schedules already";
            throw new Problem(Kind.LIMITED, "too_many_schedules", text, List.of());
        }
        if (request.plan().spec().idempotencyKey() != null) {
            throw Problem.invalid("the jobs of a schedule have no idempotency_key: each of them is another one");
        }
        intake.check(request.plan().spec());
    }

    private @Nullable Long next(Plan plan) {
        var next = Cron.parse(plan.cron(), plan.zone()).next(Instant.ofEpochMilli(ledger.now()));
        return plan.paused() || next == null ? null : (Long) next.toEpochMilli();
    }

    Future<View> get(Get request) {
        var cycle = ledger.cycles().get(request.id());
        return cycle == null ? Future.failedFuture(unknown(request.id())) : Future.succeededFuture(view(cycle));
    }

    Future<Listed> list() {
        return Future.succeededFuture(new Listed(new TreeMap<>(ledger.cycles())
                .values().stream().map(Timetable::view).toList()));
    }

    Future<Deleted> delete(Delete request) {
        return ledger.step(() -> {
            if (ledger.cycle(request.id()) == null) {
                throw unknown(request.id());
            }
            ledger.drop(request.id());
            return new Deleted(true);
        });
    }

    private static Problem unknown(String id) {
        return Problem.notFound("schedule_not_found", "no schedule " + id);
    }

    private static View view(Cycle cycle) {
        return new View(
                cycle.id(),
                cycle.plan(),
                instant(cycle.nextAt()),
                instant(cycle.lastAt()),
                cycle.lastJob() == null ? null : JobIds.text(cycle.lastJob()),
                cycle.skipped());
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    /** To be called each second. */
    void tick() {
        long now = ledger.now();
        List.copyOf(ledger.cycles().keySet()).stream()
                .map(ledger::cycle)
                .filter(Objects::nonNull)
                .filter(cycle -> cycle.nextAt() != null && cycle.nextAt() <= now)
                .forEach(cycle -> ledger.step(() -> fire(cycle)));
    }

    /** @param cycle as the last step left it, which this one is on top of */
    private boolean fire(Cycle cycle) {
        var last = cycle.lastJob() == null ? null : plane.book().get(cycle.lastJob());
        boolean isBusy =
                last != null && !last.state().isTerminal() && !cycle.plan().overlap();
        Long job = cycle.lastJob();
        if (!isBusy) {
            var made = intake.made(cycle.plan().spec(), "schedule:" + cycle.id(), null, cycle.id());
            plane.accept(List.of(made));
            job = made.live().id();
        }
        long skipped = cycle.skipped() + (isBusy ? 1 : 0);
        ledger.put(new Cycle(cycle.id(), cycle.plan(), next(cycle.plan()), ledger.now(), job, skipped));
        return !isBusy;
    }
}
