package dev.skein.coordinator.review;

import dev.skein.bus.Bus;
import dev.skein.coordinator.leader.Term;
import dev.skein.coordinator.review.watch.Board;
import dev.skein.coordinator.review.watch.Details;
import dev.skein.coordinator.review.watch.Estimates;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Observation.ReviewView;
import dev.skein.review.run.ReviewDetails;
import dev.skein.review.run.ReviewParts;
import dev.skein.review.run.Reviews;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reviews in one term of the leader: its endpoints and its clockwork. Confined to the coordinator's event loop. */
public final class ReviewService {
    private static final Logger log = LoggerFactory.getLogger(ReviewService.class);
    private static final Duration FORGETTING = Duration.ofSeconds(10);

    private final Bus bus;
    private final InstantSource clock;
    private final Intake intake;
    private final Submitter submitter;
    private final Sealing sealing;
    private final FindingPages pages;
    private final Dismissing dismissing;
    private final RunViews views;
    private final Verbs verbs;
    private final Board board;
    private final Details details;
    private final Estimates estimates;
    private Future<?> last = Future.succeededFuture(); // jobs are asked for and cancelled one batch after the other
    private boolean looking;
    private long forgotten;

    /** What the service is given by its node. */
    public record Node(Vertx vertx, InstantSource clock) {}

    public ReviewService(Bus bus, Term term, ReviewRunsConfig config, Node node) {
        this.bus = bus;
        this.clock = node.clock;
        var means = new Means(bus, term.store(), node.vertx, config, node.clock);
        this.intake = new Intake(means);
        this.submitter = new Submitter(means);
        this.sealing = new Sealing(means);
        this.pages = new FindingPages(means);
        this.dismissing = new Dismissing(means, sealing);
        this.views = new RunViews(means);
        this.verbs = new Verbs(means);
        this.board = new Board(known -> views.newest(Board.RUNS_MAX, known));
        this.details = new Details(term.store());
        this.estimates = new Estimates(means.vertx(), term.store(), node.clock);
    }

    public Future<?> mount() {
        return Future.all(List.of(
                bus.serve(ReviewParts.REGISTER, ask -> guarded(() -> intake.register(ask)))
                        .completion(),
                bus.serve(ReviewParts.ADD, ask -> guarded(() -> added(ask))).completion(),
                bus.serve(ReviewParts.UNITS, ask -> guarded(() -> intake.units(ask)))
                        .completion(),
                bus.serve(ReviewParts.PART, ask -> guarded(() -> sealing.part(ask)))
                        .completion(),
                bus.serve(
                                ReviewParts.SEAL,
                                ask -> guarded(() -> sealing.seal(ask))
                                        .onSuccess(done ->
                                                board.changed(ask.attempt().run())))
                        .completion(),
                mountViews(),
                mountDetails(),
                mountVerbs()));
    }

    /** To be called by whoever is about to ask what is shown; completes, always well, when that is up to date. */
    public Future<?> watched() {
        return board.watched();
    }

    /** The newest runs by id, as they were a second ago while somebody watches. */
    public Map<String, ReviewView> shown() {
        return board.shown();
    }

    private Future<?> mountDetails() {
        return Future.all(
                bus.serve(ReviewDetails.PROGRESS, ask -> details.progress(ask.run()))
                        .completion(),
                bus.serve(ReviewDetails.ESTIMATE, ask -> estimates.estimate(ask.run()))
                        .completion(),
                bus.serve(ReviewDetails.FILE, details::file).completion());
    }

    private Future<?> mountViews() {
        return Future.all(
                bus.serve(Reviews.GET, ask -> views.get(ask.run())).completion(),
                bus.serve(Reviews.LIST, ask -> views.list(ask, board.counted())).completion(),
                bus.serve(Reviews.TASKS, views::tasks).completion(),
                bus.serve(Reviews.FINDINGS, ask -> guarded(() -> pages.page(ask)))
                        .completion(),
                bus.serve(Reviews.SKIPPED, views::skipped).completion(),
                bus.serve(Reviews.RESULT, ask -> guarded(() -> pages.result(ask)))
                        .completion());
    }

    private Future<?> mountVerbs() {
        return Future.all(
                bus.serve(
                                Reviews.DISMISS,
                                ask -> guarded(() -> dismissing.dismiss(ask)).onComplete(done -> board.changed()))
                        .completion(),
                bus.serve(Reviews.RETRY, ask -> inTurn(() -> verbs.retry(ask)).onSuccess(done -> submit()))
                        .completion(),
                bus.serve(Reviews.CANCEL, ask -> inTurn(() -> verbs.cancel(ask)))
                        .completion(),
                bus.serve(
                                Reviews.PRIORITIZE,
                                ask -> inTurn(() -> verbs.prioritize(ask)).onSuccess(done -> submit()))
                        .completion());
    }

    /** Jobs are asked for while the router sends the next units. */
    private Future<ReviewParts.Added> added(ReviewParts.Add ask) {
        return intake.add(ask).onSuccess(added -> {
            if (added.created() > 0) {
                submit();
            }
        });
    }

    private Future<?> submit() {
        return inTurn(submitter::submit).onFailure(cause -> log.warn("tasks wait for jobs: {}", cause.getMessage()));
    }

    /** What refuses at once refuses by its future. */
    private static <T> Future<T> guarded(Callable<Future<T>> answer) {
        try {
            return answer.call();
        } catch (Problem refused) {
            return Future.failedFuture(refused);
        } catch (Exception bug) {
            return Future.failedFuture(bug);
        }
    }

    private <T> Future<T> inTurn(Supplier<Future<T>> change) {
        var mine = last.transform(before -> guarded(change::get));
        last = mine;
        return mine;
    }

    /** To be called each second: asks for jobs that could not be had before, and notes what has ended. */
    public void look() {
        if (looking) {
            return;
        }
        looking = true;
        submit().transform(done -> intake.settle())
                .onSuccess(board::ended)
                .compose(done -> forget())
                .compose(done -> board.look())
                .onFailure(cause -> log.warn("reviews could not be looked after: {}", cause.getMessage()))
                .onComplete(done -> looking = false);
    }

    private Future<?> forget() {
        long now = clock.millis();
        if (now - forgotten < FORGETTING.toMillis()) {
            return Future.succeededFuture();
        }
        forgotten = now;
        return intake.forget();
    }
}
