package dev.skein.review.ledger.work;

import dev.skein.kernel.Problem;
import dev.skein.review.ledger.Issue;
import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.Task.Seen;
import dev.skein.review.ledger.Task.Work;
import dev.skein.review.ledger.claim.Board;
import dev.skein.review.ledger.claim.Change;
import dev.skein.review.ledger.claim.Claim;
import dev.skein.review.ledger.result.Result;
import dev.skein.review.ledger.result.ResultFile;
import dev.skein.review.ledger.work.Reviewer.Opinion;
import dev.skein.review.ledger.work.Reviewer.Order;
import dev.skein.review.scope.Unit;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does tasks of a ledger until there is none left for it. One thread runs it; any may stop it. */
public final class LedgerWorker {
    private static final int SPREAD_MAX = 64;
    private static final Duration OUTAGE_PAUSE = Duration.ofSeconds(1);

    private final Board board;
    private final UnitFinder finder;
    private final Reviewer reviewer;
    private final WorkTerms terms;
    private final WorkEvents events;
    private final InstantSource steady;
    private final CompletableFuture<String> stop = new CompletableFuture<>();

    // of the thread that runs it
    private int completed;
    private int failed;
    private int released;
    private int lost;
    private int raced;
    private int spread = 1;
    private int idle;
    private Duration elsewhere = Duration.ZERO; // reviewing and waiting

    /** What a worker works with. */
    public record Parts(Board board, UnitFinder finder, Reviewer reviewer, WorkEvents events, InstantSource steady) {}

    public LedgerWorker(Parts parts, WorkTerms terms) {
        this.board = parts.board;
        this.finder = parts.finder;
        this.reviewer = parts.reviewer;
        this.events = parts.events;
        this.steady = parts.steady;
        this.terms = terms;
    }

    /** Takes no more tasks, and gives back the one it has. */
    public void stop(String why) {
        stop.complete(why);
    }

    /** @throws Problem when the remote cannot be reached for long, or does not take what is pushed */
    public WorkSummary run() {
        var began = steady.instant();
        try (var renewer = new Renewer()) {
            boolean goesOn = true;
            while (goesOn && !stop.isDone() && (terms.tasksMax() == 0 || tasks() < terms.tasksMax())) {
                goesOn = step(renewer);
            }
        }
        var runtime = Duration.between(began, steady.instant());
        int late = lost + board.late();
        return new WorkSummary(completed, failed, released, late, raced, runtime, runtime.minus(elsewhere));
    }

    private int tasks() {
        return completed + failed;
    }

    private boolean step(Renewer renewer) {
        var view = patiently(board::look);
        var choice = Choice.of(view, board::isPutOff, spread, ThreadLocalRandom.current());
        var task = choice.task();
        if (task == null) {
            if (choice.isToWait()) {
                board.checkHindrances(view);
                await();
            }
            return choice.isToWait();
        }
        idle = 0;
        var claim = patiently(() -> board.take(view, task, terms.worker()));
        if (claim.isEmpty()) {
            raced++;
            spread = Math.min(SPREAD_MAX, spread * 2 + 1);
            return true;
        }
        spread = Math.max(1, spread / 2);
        try (var watch = renewer.watch(claim.get(), board.terms().ttl())) {
            Objects.requireNonNull(watch);
            claimed(claim.get());
        } catch (Problem problem) {
            board.release(claim.get()); // or nobody could have it for a whole lease
            throw problem;
        }
        return true;
    }

    /** Again while the remote cannot be reached, for as long as a change is tried. */
    private <T> T patiently(Supplier<T> question) {
        var until = steady.instant().plus(board.terms().patience());
        boolean isTold = false;
        while (true) {
            try {
                return question.get();
            } catch (Problem problem) {
                boolean mayPass = problem.kind() == Problem.Kind.UNREACHABLE
                        && steady.instant().isBefore(until)
                        && !stop.isDone();
                if (!mayPass) {
                    throw problem;
                }
                if (!isTold) {
                    events.outage(problem.sentence(), board.terms().patience());
                    isTold = true;
                }
                pause(OUTAGE_PAUSE);
            }
        }
    }

    private void await() {
        events.waiting();
        var due = terms.idleFirst().multipliedBy(1L << Math.min(idle++, 20));
        pause(due.compareTo(terms.idleMax()) < 0 ? due : terms.idleMax());
    }

    private void pause(Duration span) {
        var began = steady.instant();
        try {
            stop.get(
                    (long) (span.toMillis() * (0.5 + ThreadLocalRandom.current().nextDouble())), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return; // which is what was wanted
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // nobody completes it so
        } finally {
            elsewhere = elsewhere.plus(Duration.between(began, steady.instant()));
        }
    }

    /** Looks again before it begins: what was seen before the claim may have been old. */
    private void claimed(Claim claim) {
        var confirmed = patiently(() -> board.confirm(claim));
        if (confirmed.isEmpty()) {
            board.release(claim);
            return;
        }
        var view = confirmed.get();
        var task = view.task(claim.task()).orElseThrow();
        var note = claim.note();
        events.claimed(task, note);
        int most = board.terms().attemptsMax();
        if (note.attempt() > most) {
            missed(claim, task, "no worker that had it before came back with a result");
            return;
        }
        var unit = finder.unit(view.head(), task);
        if (unit.isEmpty()) {
            if (publish(claim, task, there -> change(there.vanished(work(claim)), "Close ", there))) {
                events.gone(task);
            }
            return;
        }
        reviewed(claim, task, unit.get());
    }

    private static Change change(Issue issue, String verb, Task task) {
        return new Change(List.of(issue), Map.of(), verb + "review of " + subject(task));
    }

    /** One line. */
    private static String subject(Task task) {
        return task.name().replaceAll("\\p{Cntrl}+", " ");
    }

    private void reviewed(Claim claim, Task task, Unit unit) {
        var outcome = outcome(claim, unit);
        if (claim.isLost()) {
            lost++;
            events.lost(task, claim.lost().getNow("lost"));
        } else if (outcome.isStopped) {
            released++;
            board.release(claim);
            events.released(task);
        } else if (outcome.opinion == null || !outcome.opinion.missing().isEmpty()) {
            missed(claim, task, outcome.opinion == null ? outcome.why : outcome.opinion.missing());
        } else {
            done(claim, task, outcome.opinion, unit.hash());
        }
    }

    private record Outcome(@Nullable Opinion opinion, String why, boolean isStopped) {}

    /** Does not wait for a review that nobody wants any more. */
    private Outcome outcome(Claim claim, Unit unit) {
        var began = steady.instant();
        var ended = CompletableFuture.anyOf(stop.copy(), claim.lost()).thenApply(String::valueOf);
        var over = new CompletableFuture<String>(); // whatever the review does then is for nobody
        var stopped = CompletableFuture.anyOf(ended, over).thenApply(String::valueOf);
        var order = new Order(claim.task(), unit, finder.root(), Future.fromCompletionStage(stopped));
        var opinion = new CompletableFuture<Opinion>();
        var thread = new Thread(() -> review(order, opinion), "skein-ledger-review");
        thread.setDaemon(true);
        thread.start();
        try {
            CompletableFuture.anyOf(opinion, ended).get(terms.taskTime().toMillis(), TimeUnit.MILLISECONDS);
            return opinion.isDone() ? new Outcome(opinion.get(), "", false) : new Outcome(null, "", true);
        } catch (TimeoutException e) {
            thread.interrupt();
            return new Outcome(
                    null, "it took longer than %d s".formatted(terms.taskTime().toSeconds()), false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop("interrupted");
            return new Outcome(null, "", true);
        } catch (ExecutionException e) {
            var problem = Problem.in(e);
            var why = problem == null ? String.valueOf(e.getCause()) : problem.sentence();
            return new Outcome(null, why, stop.isDone());
        } finally {
            over.complete("the task is over");
            elsewhere = elsewhere.plus(Duration.between(began, steady.instant()));
        }
    }

    private void review(Order order, CompletableFuture<Opinion> opinion) {
        try {
            opinion.complete(reviewer.review(order));
        } catch (RuntimeException | Error e) { // whatever it is, the task did not succeed
            opinion.completeExceptionally(e);
        }
    }

    private void done(Claim claim, Task task, Opinion opinion, String hash) {
        byte[] file;
        try {
            file = ResultFile.of(task, result(claim, opinion));
        } catch (Problem tooLarge) {
            missed(claim, task, tooLarge.sentence());
            return;
        }
        var path = ResultFile.path(task.id());
        var seen = new Seen(opinion.lines(), opinion.reviewed(), hash, opinion.counts(), path);
        boolean isPublished = publish(
                claim,
                task,
                there -> new Change(
                        List.of(there.completed(work(claim), seen)), Map.of(path, file), "Review " + subject(there)));
        if (isPublished) {
            completed++;
            events.completed(task, opinion);
        }
    }

    private static Result result(Claim claim, Opinion opinion) {
        var note = claim.note();
        var what = opinion.by();
        return new Result(
                new Result.By(
                        note.worker(), note.token(), note.attempt(), what.engine(), what.model(), what.fingerprint()),
                opinion.lines(),
                opinion.reviewed(),
                opinion.tally(),
                opinion.rules(),
                opinion.gaps(),
                opinion.findings());
    }

    private void missed(Claim claim, Task task, String why) {
        int most = board.terms().attemptsMax();
        boolean isPublished =
                publish(claim, task, there -> change(there.missed(work(claim), why, most), "Note a failed ", there));
        if (isPublished) {
            failed++;
            events.failed(task, why, claim.note().attempt() >= most);
        }
    }

    private Work work(Claim claim) {
        var note = claim.note();
        Instant now = board.wall().instant();
        return new Work(note.worker(), note.token(), note.attempt(), note.since(), now);
    }

    private boolean publish(Claim claim, Task task, Function<Task, Change> change) {
        boolean isPublished = board.publish(claim, change);
        if (!isPublished) {
            events.lost(task, "another worker has taken it");
        }
        return isPublished;
    }
}
