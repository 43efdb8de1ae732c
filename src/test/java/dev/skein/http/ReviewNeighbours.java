package dev.skein.http;

import dev.skein.bus.Bus;
import dev.skein.bus.Contract;
import dev.skein.review.finding.Tally;
import dev.skein.review.run.ReviewDetails;
import dev.skein.review.run.Reviews;
import dev.skein.review.run.Reviews.Task;
import dev.skein.review.run.Reviews.TaskState;
import dev.skein.review.run.Reviews.View;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A leader and a router that know one run of three tasks, of which one is done. */
final class ReviewNeighbours {
    static final List<Contract> CONTRACTS = List.of(
            Reviews.CREATE,
            Reviews.IMPORT,
            Reviews.RESULT,
            Reviews.SKIPPED,
            Reviews.GET,
            Reviews.LIST,
            Reviews.TASKS,
            Reviews.FINDINGS,
            Reviews.DISMISS,
            Reviews.RETRY,
            Reviews.CANCEL,
            Reviews.PRIORITIZE,
            ReviewDetails.PROGRESS,
            ReviewDetails.ESTIMATE,
            ReviewDetails.EXCERPT);

    private ReviewNeighbours() {}

    static void serve(Neighbours all, Bus bus) {
        bus.serveHere(
                Reviews.CREATE,
                all.answering((Reviews.Create ask) ->
                        new Reviews.Created(view("r-1"), 2, ask.name().equals("again") ? 0 : 2)));
        bus.serveHere(
                ReviewDetails.EXCERPT,
                all.answering((ReviewDetails.ExcerptAsk ask) ->
                        new ReviewDetails.Excerpt(ask.first(), List.of("<b>"), 9, true, false)));
        all.serve(bus, ReviewDetails.PROGRESS, ask -> progress());
        all.serve(
                bus,
                ReviewDetails.ESTIMATE,
                ask -> new ReviewDetails.Estimate(
                        "~4s (2s\u20137s), 1 worker, 1 task measured", 1, 1, 4_000L, 2_000L, 7_000L));
        all.serve(bus, Reviews.GET, ask -> view(ask.run()));
        all.serve(bus, Reviews.LIST, ask -> new Reviews.Listed(List.of(view("r-1")), 3));
        all.serve(bus, Reviews.TASKS, ask -> tasks(ask.state()));
        bus.serveHere(
                Reviews.IMPORT,
                all.answering((Reviews.Create ask) ->
                        new Reviews.Imported(view("r-1"), 3, ask.name().equals("again") ? 0 : 2, 1, 0, 1)));
        all.serve(bus, Reviews.FINDINGS, ask -> page());
        all.serve(
                bus,
                Reviews.SKIPPED,
                ask -> new Reviews.SkippedList(
                        List.of(new Reviews.SkippedPath("a.png", "binary")), Map.of("binary", 4)));
        all.serve(bus, Reviews.RESULT, ask -> new Reviews.ResultPage("h", "f", "m", 100, page()));
        all.serve(bus, Reviews.DISMISS, ask -> new Reviews.Dismissed(true));
        all.serve(bus, Reviews.RETRY, ask -> new Reviews.Retried(ask.tasks().size()));
        all.serve(bus, Reviews.CANCEL, ask -> new Reviews.Done(true));
        all.serve(bus, Reviews.PRIORITIZE, ask -> new Reviews.Done(true));
    }

    private static ReviewDetails.Progress progress() {
        var worker = new ReviewDetails.WorkerPace("worker-0", true, 1, 50);
        return new ReviewDetails.Progress(
                List.of(running()), List.of(pending()), List.of(), List.of(done()), List.of(worker));
    }

    private static Reviews.TaskList tasks(@Nullable TaskState state) {
        var all = Stream.of(done(), running(), pending())
                .filter(task -> state == null || task.state() == state)
                .toList();
        return new Reviews.TaskList(all, all.size());
    }

    private static View view(String id) {
        return new View(
                id,
                "c",
                "/srv/c",
                "node",
                new Reviews.Origin("", "https://git.example.org/app.git", "", "0f0f"),
                "pmd",
                "strict-reviewer",
                "running",
                Map.of("done", 1, "running", 1, "pending", 1),
                3,
                300,
                100,
                Map.of("high", 2L),
                1,
                Map.of("binary", 4),
                List.of("src/**"),
                List.of(),
                1_000,
                null);
    }

    private static Task done() {
        return new Task(
                "t-1", "src/main", 1, 1, 0, 2, 100, TaskState.DONE, "j-1", 1, "worker-0", 1_000L, 3_000L, 2, null);
    }

    private static Task running() {
        return new Task(
                "t-3", "doc", 1, 1, 2, 1, 50, TaskState.RUNNING, "j-3", 2, "worker-0", 4_000L, null, 0, "too slow");
    }

    private static Task pending() {
        return new Task(
                "t-2", ".", 1, 1, 2, 1, 200, TaskState.PENDING, "j-2", 1, null, null, null, 0, "the worker is gone");
    }

    private static Reviews.FindingPage page() {
        return new Reviews.FindingPage(
                List.of("{\"path\":\"src/A.java\",\"message\":\"\u00fc\"}", "{\"path\":\"src/B.java\"}"),
                List.of("{\"id\":\"bad-call\"}"),
                List.of(),
                new Tally(3, 1, 0, 0, 0),
                "t-1");
    }
}
