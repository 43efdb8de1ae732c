package dev.skein.http.api.reviews;

import dev.skein.bus.Bus;
import dev.skein.http.api.Pages;
import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.http.json.Json;
import dev.skein.review.run.ReviewDetails;
import dev.skein.review.run.ReviewDetails.Estimate;
import dev.skein.review.run.ReviewDetails.EstimateAsk;
import dev.skein.review.run.Reviews;
import dev.skein.review.run.Reviews.TaskState;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs of reviews that are begun, looked at and changed. Thread-safe. */
public final class ReviewCalls {
    /** Every file of the directory is looked at before the run begins. */
    private static final Duration SURVEY = Duration.ofMinutes(6);

    /** Findings come from the store, a page of them at a time. */
    private static final Duration STORED = Duration.ofSeconds(15);

    private final Coordinator coordinator;
    private final Bus bus;

    public ReviewCalls(Coordinator coordinator, Bus bus) {
        this.coordinator = coordinator;
        this.bus = bus;
    }

    private record Begun(RunView run, int found, int created) {}

    private record RunList(List<RunView> reviews, int total, Pages pagination) {}

    private record TaskList(List<TaskView> tasks, int total, Pages pagination) {}

    private record Dismissal(String fingerprint, String reason) {}

    private record Again(@Nullable List<String> tasks) {}

    private record Urgency(int priority) {}

    public Map<String, Handler> handlers() {
        var handlers = new HashMap<String, Handler>(Map.of(
                "createReview", this::create,
                "listReviews", this::list,
                "getReview", this::get,
                "listReviewTasks", this::tasks,
                "listFindings", this::findings,
                "dismissFinding", this::dismiss,
                "retryReview", this::retry,
                "cancelReview", this::cancel,
                "prioritizeReviewTask", this::prioritize));
        handlers.putAll(new DetailCalls(coordinator, bus).handlers());
        handlers.putAll(new LedgerCalls(coordinator, bus).handlers());
        return handlers;
    }

    private Future<Answer> create(Call call) {
        var create = Json.as(NewReview.class, call.checked()).create(call.caller());
        return bus.askAt(bus.here(), Reviews.CREATE, create, SURVEY).map(done -> {
            var begun = new Begun(RunView.of(done.run()), done.found(), done.created());
            return done.created() == 0 ? Answer.ok(begun) : Answer.created(begun);
        });
    }

    private Future<Answer> list(Call call) {
        var page = Pages.wanted(call);
        return coordinator
                .read(Reviews.LIST, new Reviews.ListAll(page.limit(), page.offset()))
                .map(found -> Answer.ok(new RunList(
                        found.runs().stream().map(RunView::of).toList(),
                        found.total(),
                        Pages.of(page, found.runs().size(), found.total()))));
    }

    private Future<Answer> get(Call call) {
        return coordinator.read(Reviews.GET, new Reviews.Get(run(call))).compose(run -> {
            boolean goesOn = run.finishedMillis() == null && run.state().equals("running");
            return goesOn
                    ? estimated(run).map(eta -> Answer.ok(RunView.of(run, eta)))
                    : Future.succeededFuture(Answer.ok(RunView.of(run)));
        });
    }

    private Future<Estimate> estimated(Reviews.View run) {
        return coordinator.read(ReviewDetails.ESTIMATE, new EstimateAsk(run.id()), STORED);
    }

    private Future<Answer> tasks(Call call) {
        var page = Pages.wanted(call);
        var word = call.query().get("state");
        var state = word == null ? null : TaskState.valueOf(word.toUpperCase(Locale.ROOT));
        return coordinator
                .read(Reviews.TASKS, new Reviews.Tasks(run(call), state, page.limit(), page.offset()), STORED)
                .map(found -> Answer.ok(new TaskList(
                        found.tasks().stream().map(TaskView::of).toList(),
                        found.total(),
                        Pages.of(page, found.tasks().size(), found.total()))));
    }

    private Future<Answer> findings(Call call) {
        var query = call.query();
        var ask = new Reviews.Findings(
                run(call),
                query.get("cursor"),
                query.get("severity"),
                (int) call.number("limit"),
                DetailCalls.filter(query));
        return coordinator.read(Reviews.FINDINGS, ask, STORED).map(FoundView::of);
    }

    private Future<Answer> dismiss(Call call) {
        var given = Json.as(Dismissal.class, call.checked());
        var ask = new Reviews.Dismiss(run(call), given.fingerprint, given.reason, call.caller());
        return coordinator.change(Reviews.DISMISS, ask, Coordinator.CHANGE).map(Answer::ok);
    }

    private Future<Answer> retry(Call call) {
        var given = call.json() == null ? null : Json.as(Again.class, call.json()).tasks;
        var ask = new Reviews.Retry(run(call), given == null ? List.of() : given, call.caller());
        return coordinator.change(Reviews.RETRY, ask, Coordinator.LONG_CHANGE).map(Answer::ok);
    }

    private Future<Answer> cancel(Call call) {
        var ask = new Reviews.Cancel(run(call), call.caller());
        return coordinator.change(Reviews.CANCEL, ask, Coordinator.LONG_CHANGE).map(Answer::ok);
    }

    private Future<Answer> prioritize(Call call) {
        var given = Json.as(Urgency.class, call.checked());
        var ask = new Reviews.Prioritize(run(call), call.at("task"), given.priority, call.caller());
        return coordinator.change(Reviews.PRIORITIZE, ask, Coordinator.CHANGE).map(Answer::ok);
    }

    private static String run(Call call) {
        return call.at("run");
    }
}
