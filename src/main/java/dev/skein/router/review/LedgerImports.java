package dev.skein.router.review;

import dev.skein.bus.Bus;
import dev.skein.kernel.Problem;
import dev.skein.review.ledger.Ledger;
import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.exchange.Incoming;
import dev.skein.review.ledger.result.Result;
import dev.skein.review.ledger.result.ResultFile;
import dev.skein.review.ledger.work.TaskUnits;
import dev.skein.review.run.Delivery;
import dev.skein.review.run.ReviewParts;
import dev.skein.review.run.ReviewParts.Add;
import dev.skein.review.run.ReviewParts.Register;
import dev.skein.review.run.Reviews;
import dev.skein.review.run.Reviews.Choice;
import dev.skein.review.run.Reviews.Create;
import dev.skein.review.run.Reviews.Imported;
import dev.skein.review.scope.ScopedFile;
import dev.skein.review.scope.Unit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a run of the ledger in a directory of this node, and brings the leader what its tasks found. */
final class LedgerImports {
    private static final Logger log = LoggerFactory.getLogger(LedgerImports.class);
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int AT_ONCE = 2; // results on their way; one may have 64 MiB
    private static final int HEAP_PART = 32; // records of a ledger take about ten times the bytes of their lines
    private static final int PATTERNS_MAX = 100; // for each choice of them the directory is looked through once

    /** What says nothing about a result: the next one would meet it, too. */
    private static final Set<Problem.Kind> PASSING =
            EnumSet.of(Problem.Kind.BUSY, Problem.Kind.TIMEOUT, Problem.Kind.UNREACHABLE, Problem.Kind.STORAGE_FULL);

    private final Vertx vertx;
    private final Bus bus;
    private final Survey.Means means;
    private final Set<Path> looking = new HashSet<>(); // roots; confined to the event loop

    LedgerImports(Vertx vertx, Bus bus, Survey.Means means) {
        this.vertx = vertx;
        this.bus = bus;
        this.means = means;
    }

    /** What is in a directory. */
    private record Seen(Path root, Incoming incoming, Register register) {}

    Future<Imported> take(Create ask, Located at) {
        if (!looking.add(at.root())) {
            return Future.failedFuture(
                    Problem.conflict("review_running", at.root() + " is being looked at already; ask again"));
        }
        return vertx.executeBlocking(() -> seen(ask, at.canonical()), false)
                .compose(seen -> bus.ask(ReviewParts.REGISTER, seen.register, DEADLINE)
                        .compose(registered -> new Import(seen, registered.run()).add(0)))
                .onComplete(done -> looking.remove(at.root()));
    }

    private Seen seen(Create ask, Located at) {
        var root = at.root();
        var tasks = tasks(root, Runtime.getRuntime().maxMemory() / HEAP_PART);
        var units = new TaskUnits(root);
        var incoming = Incoming.of(tasks, units, (task, unit) -> isResult(root, task, unit));
        var given = Survey.chosen(ask.choice(), means.config());
        var first = tasks.stream().findFirst();
        var choice = new Choice(
                given.engine(),
                first.map(Task::include).orElse(List.of()),
                first.map(Task::exclude).orElse(List.of()),
                0,
                Map.of(),
                given.labels(),
                given.attemptsMax());
        var found = new Survey.Found(at, incoming.units(), units.scopes(tasks), "ledger");
        return new Seen(root, incoming, Survey.register(ask, means, choice, found));
    }

    /** @param bytesMax of a ledger that this node has the memory for */
    static List<Task> tasks(Path root, long bytesMax) {
        var tasks = ledger(root, (int) Math.min(Ledger.FILE_MAX, bytesMax)).issues().values().stream()
                .flatMap(issue -> Task.of(issue).stream())
                .toList();
        long patterns = tasks.stream()
                .map(task -> List.of(task.include(), task.exclude()))
                .distinct()
                .count();
        if (patterns > PATTERNS_MAX) {
            throw Problem.invalid("the tasks of the ledger were made with %d choices of patterns, at most %d are taken"
                    .formatted(patterns, PATTERNS_MAX));
        }
        return tasks;
    }

    private static Ledger ledger(Path root, int bytesMax) {
        try {
            var bytes = RootFiles.read(root, Ledger.PATH, bytesMax);
            if (bytes.length > bytesMax) {
                var message = "the ledger has more than %d MiB, which is what the memory of this node allows"
                        .formatted(bytesMax >> 20);
                throw new Problem(Problem.Kind.TOO_LARGE, "ledger_too_large", message, List.of());
            }
            return Ledger.read(bytes);
        } catch (Problem missing) {
            if (missing.kind() != Problem.Kind.NOT_FOUND) {
                throw missing;
            }
            var message = "%s has no %s".formatted(root, Ledger.PATH);
            throw new Problem(Problem.Kind.INVALID, "no_ledger", message, List.of());
        }
    }

    private static boolean isResult(Path root, Task task, Unit unit) {
        try {
            var files = unit.files().stream().map(ScopedFile::path).collect(Collectors.toSet());
            var result = result(root, task);
            ResultFile.check(task, result);
            return result.findings().stream().allMatch(finding -> files.contains(finding.path()));
        } catch (Problem unreadable) {
            log.info("task {} is to be done again: {}", task.id(), unreadable.sentence());
            return false;
        }
    }

    private static Result result(Path root, Task task) {
        var path = ResultFile.path(task.id());
        return ResultFile.read(task.id(), RootFiles.read(root, path, ResultFile.BYTES_MAX));
    }

    /** One import once its run is there. Confined to the event loop. */
    private final class Import {
        private final Seen seen;
        private final String run;
        private final List<String> awaited = new ArrayList<>();
        private int created;
        private int taken;
        private int refused;

        Import(Seen seen, String run) {
            this.seen = seen;
            this.run = run;
        }

        /** All units from this one on, and then what they found. */
        Future<Imported> add(int from) {
            var units = seen.incoming.units();
            int to = Math.min(units.size(), from + ReviewParts.UNITS_MAX);
            var page = units.subList(from, to);
            boolean isLast = to == units.size();
            var add = new Add(run, page, isLast, ended(page), seen.register.caller());
            return bus.ask(ReviewParts.ADD, add, DEADLINE).compose(added -> {
                created += added.created();
                awaited.addAll(added.awaited());
                awaited.retainAll(seen.incoming.done().keySet());
                return isLast ? deliver(0) : add(to);
            });
        }

        private Map<String, String> ended(List<Unit> page) {
            var ended = new HashMap<String, String>();
            for (var unit : page) {
                var why = seen.incoming.ended().get(unit.id());
                if (why != null) {
                    ended.put(unit.id(), why);
                }
            }
            return ended;
        }

        private Future<Imported> deliver(int from) {
            int to = Math.min(awaited.size(), from + AT_ONCE);
            if (from == to) {
                return view();
            }
            var sent = awaited.subList(from, to).stream().map(this::deliver).toList();
            return Future.all(sent).compose(done -> deliver(to));
        }

        private Future<?> deliver(String unit) {
            var task = seen.incoming.done().get(unit);
            return task == null
                    ? Future.succeededFuture()
                    : vertx.executeBlocking(() -> new Brought(run, unit, task).made(result(seen.root, task)), false)
                            .compose(made -> new Delivery(bus).deliver(made.parts(), made.seal()))
                            .onSuccess(isTaken -> taken += isTaken ? 1 : 0)
                            .recover(cause -> refused(task, cause));
        }

        /** One that nobody can take holds up no other. */
        private Future<Boolean> refused(Task task, Throwable cause) {
            var problem = Problem.in(cause);
            if (problem != null && PASSING.contains(problem.kind())) {
                return Future.failedFuture(cause);
            }
            var why = problem == null ? cause.toString() : problem.sentence();
            log.warn("the result of task {} cannot be taken over: {}", task.id(), why);
            refused++;
            return Future.succeededFuture(false);
        }

        private Future<Imported> view() {
            var incoming = seen.incoming;
            return bus.ask(Reviews.GET, new Reviews.Get(run), DEADLINE)
                    .map(view -> new Imported(
                            view,
                            incoming.units().size(),
                            created,
                            taken,
                            incoming.again() + refused,
                            incoming.gone()));
        }
    }
}
