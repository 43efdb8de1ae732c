package dev.skein.review.ledger.claim;

import dev.skein.git.exchange.Mirror;
import dev.skein.git.exchange.Mirror.NewCommit;
import dev.skein.git.exchange.Pushed;
import dev.skein.git.exchange.Pushed.Result;
import dev.skein.git.exchange.Update;
import dev.skein.kernel.Ids;
import dev.skein.kernel.Problem;
import dev.skein.review.ledger.Ledger;
import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.TaskState;
import dev.skein.review.ledger.claim.Claim.Held;
import dev.skein.review.ledger.claim.Claim.Means;
import dev.skein.review.ledger.claim.View.Holder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledger of a remote and the claims of its tasks, as one worker sees and changes them. For one thread. */
public final class Board {
    /** Below which claims are, where the host lets anybody have refs of their own. */
    public static final String CLAIMS = "refs/skein/claims/";

    /** The same as branches, for hosts that know nothing else. */
    public static final String CLAIM_BRANCHES = "refs/heads/skein/claims/";

    private static final Logger log = LoggerFactory.getLogger(Board.class);
    private static final Duration RELEASE_PATIENCE = Duration.ofSeconds(5);

    private final Mirror mirror;
    private final Mirror.Source source;
    private final ClaimTerms terms;
    private final Means means;
    private final Sightings sightings;
    private final Hindrances hindrances;
    private final Map<String, Held> doubtful = new HashMap<>(); // claims that were pushed without an answer
    private final Map<String, ClaimNote> notes = new HashMap<>(); // by object, of what was seen last
    private @Nullable View last;
    private int late;

    /**
     * @param mirror of {@code source}
     * @param steady tells how long something takes
     */
    public Board(Mirror mirror, Mirror.Source source, ClaimTerms terms, InstantSource wall, InstantSource steady) {
        this.mirror = mirror;
        this.source = source;
        this.terms = terms;
        this.means = new Means(wall, steady, mirror.tree(null, Map.of()));
        this.sightings = new Sightings(steady);
        this.hindrances = new Hindrances(terms, steady);
    }

    public ClaimTerms terms() {
        return terms;
    }

    public InstantSource wall() {
        return means.wall();
    }

    /** Results that came too late, and were not published. */
    public int late() {
        return late;
    }

    /** Looks at the remote. */
    public View look() {
        var began = means.steady().instant();
        var seen = mirror.sync();
        sightings.seen(seen.refs());
        var holders = new TreeMap<String, Holder>();
        notes.keySet().retainAll(seen.refs().values());
        seen.refs().forEach((task, object) -> {
            var note = notes.computeIfAbsent(
                    object, each -> ClaimNote.parse(task, mirror.message(each).orElse("")));
            holders.put(task, new Holder(object, note, sightings.isExpired(task, note.ttl(), began)));
        });
        boolean isSame = last != null && last.head().equals(seen.head());
        last = new View(seen.head(), isSame && last != null ? last.ledger() : ledger(seen.head()), holders);
        return last;
    }

    private Ledger ledger(String commit) {
        return mirror.read(commit, Ledger.PATH, Ledger.FILE_MAX)
                .map(Ledger::read)
                .orElse(Ledger.EMPTY);
    }

    /**
     * Takes a task that was pending when it was looked at; none when somebody else was faster, and then it is to be
     * looked anew.
     *
     * @throws Problem FORBIDDEN {@code push_rejected}
     */
    public Optional<Claim> take(View view, Task task, String worker) {
        var holder = view.holder(task.id());
        var mine = doubtful.remove(task.id());
        var began = means.steady().instant();
        if (holder != null && mine != null && holder.object().equals(mine.object())) {
            return Optional.of(new Claim(mirror, means, mine, began));
        }
        if (holder != null && holder.isLive()) {
            return Optional.empty();
        }
        var before = holder == null ? null : holder.object();
        var note = note(task, holder, worker);
        var held = new Held(source.prefix() + task.id(), Claim.commit(mirror, means, note, before), note);
        doubtful.put(task.id(), held);
        var pushed = mirror.push(List.of(new Update(held.ref(), before, held.object())));
        doubtful.remove(task.id());
        refused(pushed, held.ref());
        if (pushed.result() == Result.BUSY) {
            hindrances.met(task.id(), before, pushed.message());
            return Optional.empty();
        }
        hindrances.passed(task.id());
        return pushed.isDone() ? Optional.of(new Claim(mirror, means, held, began)) : Optional.empty();
    }

    /** Whether the remote did not take a claim of it, and is to be left alone with it for a while. */
    public boolean isPutOff(Task task) {
        return hindrances.isPutOff(task.id());
    }

    /**
     * Told by who has nothing to do.
     *
     * @throws Problem TIMEOUT when that is because the remote does not take a claim, for as long as one is patient
     */
    public void checkHindrances(View view) {
        hindrances.check(view, source.shown());
    }

    private ClaimNote note(Task task, @Nullable Holder holder, String worker) {
        var now = means.wall().instant();
        long token = Math.max(task.token(), holder == null ? 0 : holder.note().token()) + 1;
        int attempt =
                Math.max(task.attempts(), holder == null ? 0 : holder.note().attempt()) + 1;
        return new ClaimNote(
                task.id(), worker, token, attempt, false, now, now.plus(terms.ttl()), terms.ttl(), Ids.request());
    }

    private void refused(Pushed pushed, String ref) {
        if (pushed.result() == Result.REFUSED) {
            var message = "%s does not take %s: %s".formatted(source.shown(), ref, pushed.message());
            throw new Problem(Problem.Kind.FORBIDDEN, "push_rejected", message, List.of());
        }
    }

    /** Looks again once a task was taken; none when it is not to be done by who took it. */
    public Optional<View> confirm(Claim claim) {
        return claim.holding(object -> {
            var view = look();
            return isToDo(view, claim, object) ? Optional.of(view) : Optional.empty();
        });
    }

    /** @param object that the claim's ref should hold */
    private static boolean isToDo(View view, Claim claim, String object) {
        return isOurs(view, claim, object)
                && view.task(claim.task()).filter(task -> isOpen(task, claim)).isPresent();
    }

    private static boolean isOurs(View view, Claim claim, String object) {
        var holder = view.holder(claim.task());
        return holder != null && holder.object().equals(object);
    }

    private static boolean isOpen(Task task, Claim claim) {
        return task.state() == TaskState.PENDING && task.token() < claim.note().token();
    }

    /** Gives it back without a result. What cannot be told to the remote comes true by itself once its time is over. */
    public void release(Claim claim) {
        claim.end();
        var backOff = new BackOff(terms.patient(RELEASE_PATIENCE), means.steady());
        try {
            claim.holding(object -> {
                var end = new Update(claim.ref(), object, released(claim, object));
                while (!isTold(end, backOff)) {
                    backOff.pause();
                }
                return end;
            });
        } catch (Problem problem) {
            log.info("the claim of {} stands until its time is over: {}", claim.task(), problem.sentence());
        }
    }

    /** What follows the claim: nothing where the ledger has its token, which must never be given twice. */
    private @Nullable String released(Claim claim, String object) {
        var note = claim.note();
        boolean isRecorded = last != null
                && last.task(note.task())
                        .filter(task -> task.token() >= note.token())
                        .isPresent();
        return isRecorded
                ? null
                : Claim.commit(mirror, means, note.released(means.wall().instant()), object);
    }

    /** False when it is to be tried again. */
    private boolean isTold(Update end, BackOff backOff) {
        try {
            var pushed = mirror.push(List.of(end));
            refused(pushed, end.ref());
            return true; // or it is another's already
        } catch (Problem problem) {
            boolean mayPass = problem.kind() == Problem.Kind.UNREACHABLE || problem.kind() == Problem.Kind.BUSY;
            if (!mayPass || !backOff.hasTime()) {
                throw problem;
            }
            return false;
        }
    }

    /**
     * Publishes what came of a task, in one commit, and ends its claim.
     *
     * @param change of the task as it is at the remote
     * @return false when it came too late, and nothing was published
     * @throws Problem FORBIDDEN {@code push_rejected}; UNREACHABLE, TIMEOUT when it did not succeed in time
     */
    public boolean publish(Claim claim, Function<Task, Change> change) {
        var backOff = new BackOff(terms, means.steady());
        var attempt = new Attempt(claim, change);
        while (true) {
            claim.renewWhenDue();
            try {
                var isPublished = claim.holding(attempt::tryOnce);
                if (isPublished.isPresent()) {
                    claim.end();
                    return isPublished.get();
                }
            } catch (Problem problem) {
                if (problem.kind() != Problem.Kind.UNREACHABLE || !backOff.hasTime()) {
                    throw problem;
                }
                attempt.isDoubtful = true;
            }
            wait(backOff, attempt.words);
        }
    }

    /** Tries to publish; nobody renews the claim during a try, or it would not be as it was seen. */
    private final class Attempt {
        private final Claim claim;
        private final Function<Task, Change> change;
        private boolean isDoubtful; // whether it may have happened without an answer
        private String words = ""; // of a remote that could not do it

        Attempt(Claim claim, Function<Task, Change> change) {
            this.claim = claim;
            this.change = change;
        }

        /** Whether it was published; empty when it is to be tried again. */
        Optional<Boolean> tryOnce(String object) {
            var view = look();
            if (isDoubtful && isPublished(view, claim)) {
                return Optional.of(true);
            }
            if (!isToDo(view, claim, object)) {
                late++;
                claim.lose("another worker has taken the task");
                if (isOurs(view, claim, object)) {
                    release(claim); // somebody ended the task without one
                }
                return Optional.of(false);
            }
            var wanted = change.apply(view.task(claim.task()).orElseThrow());
            var pushed = push(view, claim.ref(), object, wanted);
            refused(pushed, source.branchRef());
            words = words(pushed);
            return pushed.isDone() ? Optional.of(true) : Optional.empty();
        }
    }

    private static boolean isPublished(View view, Claim claim) {
        return view.holder(claim.task()) == null
                && view.task(claim.task())
                        .filter(task -> task.token() == claim.note().token())
                        .isPresent();
    }

    private static String words(Pushed pushed) {
        return pushed.result() == Result.BUSY ? pushed.message() : "";
    }

    /** @param words of the remote, if it was not that somebody else was faster */
    private void wait(BackOff backOff, String words) {
        if (!backOff.hasTime()) {
            var why = words.isEmpty()
                    ? "%s changes so often that nothing could be pushed for %d s"
                    : "%s has taken nothing for %d s: " + words.replace("%", "%%");
            throw Problem.timeout(why.formatted(source.shown(), terms.patience().toSeconds()));
        }
        backOff.pause();
    }

    /** The branch and the end of the claim at once, where the remote can. */
    private Pushed push(View view, String claim, String object, Change change) {
        var branch = new Update(source.branchRef(), view.head(), commit(view, change));
        var end = new Update(claim, object, null);
        var pushed = mirror.push(List.of(branch, end));
        if (pushed.result() != Result.NOT_ATOMIC) {
            return pushed;
        }
        var first = mirror.push(List.of(branch));
        if (first.isDone()) {
            mirror.push(List.of(end)); // where it does not succeed, it stands until its time is over
        }
        return first;
    }

    private String commit(View view, Change change) {
        var files = new TreeMap<>(change.files());
        files.put(Ledger.PATH, view.ledger().with(change.issues()).bytes());
        var tree = mirror.tree(view.head(), files);
        var wanted = new NewCommit(tree, List.of(view.head()), "skein", change.subject() + "\n");
        return mirror.commit(wanted, means.wall().instant());
    }

    /**
     * Changes the ledger without a claim.
     *
     * @param change of what is there; none when there is nothing to change
     * @return as it is then
     */
    public View change(Function<View, Optional<Change>> change) {
        var backOff = new BackOff(terms, means.steady());
        while (true) {
            var view = look();
            var wanted = change.apply(view);
            if (wanted.isEmpty()) {
                return view;
            }
            var update = new Update(source.branchRef(), view.head(), commit(view, wanted.get()));
            var pushed = mirror.push(List.of(update));
            refused(pushed, source.branchRef());
            if (pushed.isDone()) {
                return look();
            }
            wait(backOff, words(pushed));
        }
    }
}
