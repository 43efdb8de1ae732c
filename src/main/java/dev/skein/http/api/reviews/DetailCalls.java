package dev.skein.http.api.reviews;

import dev.skein.bus.Bus;
import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.http.exchange.Refusal;
import dev.skein.review.Severity;
import dev.skein.review.run.ReviewDetails;
import dev.skein.review.run.ReviewDetails.ExcerptAsk;
import dev.skein.review.run.ReviewDetails.Filter;
import dev.skein.review.run.ReviewDetails.Progress;
import dev.skein.review.run.ReviewDetails.ProgressAsk;
import dev.skein.review.run.ReviewDetails.Suppressed;
import dev.skein.review.run.ReviewDetails.WorkerPace;
import dev.skein.review.run.Reviews;
import dev.skein.review.run.Reviews.SkippedList;
import dev.skein.review.run.Reviews.SkippedPath;
import dev.skein.review.run.Reviews.Task;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One run looked at closely: what happens in it, and the code that findings are about. Thread-safe. */
final class DetailCalls {
    private static final Duration STORED = Duration.ofSeconds(15);

    /** The leader is asked, and perhaps the node that has the files. */
    private static final Duration EXCERPT = Duration.ofSeconds(12);

    private final Coordinator coordinator;
    private final Bus bus;

    DetailCalls(Coordinator coordinator, Bus bus) {
        this.coordinator = coordinator;
        this.bus = bus;
    }

    private record ProgressView(
            List<TaskView> running,
            List<TaskView> next,
            List<TaskView> failed,
            List<TaskView> recent,
            List<WorkerPace> workers) {
        static ProgressView of(Progress progress) {
            return new ProgressView(
                    views(progress.running()),
                    views(progress.next()),
                    views(progress.failed()),
                    views(progress.recent()),
                    progress.workers());
        }

        private static List<TaskView> views(List<Task> tasks) {
            return tasks.stream().map(TaskView::of).toList();
        }
    }

    Map<String, Handler> handlers() {
        return Map.of("reviewProgress", this::progress, "reviewExcerpt", this::excerpt, "reviewSkipped", this::skipped);
    }

    /** What of the findings is asked for, as the query has it; null where it says nothing. */
    static @Nullable Filter filter(Map<String, String> query) {
        var level = query.get("level");
        var suppressed = query.getOrDefault("suppressed", "any");
        var filter = new Filter(
                level == null ? null : Severity.of(level),
                query.getOrDefault("rule", ""),
                query.getOrDefault("path", ""),
                query.getOrDefault("text", ""),
                Suppressed.valueOf(suppressed.toUpperCase(Locale.ROOT)));
        return filter.saysNothing() ? null : filter;
    }

    private Future<Answer> progress(Call call) {
        return coordinator
                .read(ReviewDetails.PROGRESS, new ProgressAsk(call.at("run")), STORED)
                .map(found -> Answer.ok(ProgressView.of(found)));
    }

    private record SkippedView(List<SkippedPath> skipped, Map<String, Integer> counts, long more) {
        static SkippedView of(SkippedList found) {
            long all = found.counts().values().stream().mapToLong(each -> each).sum();
            return new SkippedView(
                    found.first(),
                    new TreeMap<>(found.counts()),
                    Math.max(0, all - found.first().size()));
        }
    }

    private Future<Answer> skipped(Call call) {
        return coordinator
                .read(Reviews.SKIPPED, new Reviews.SkippedAsk(call.at("run")), STORED)
                .map(found -> Answer.ok(SkippedView.of(found)));
    }

    private Future<Answer> excerpt(Call call) {
        var path = call.query().getOrDefault("path", "");
        if (path.isEmpty()) {
            throw Refusal.faulty("invalid_query", List.of("path of a file below the review's root is missing"));
        }
        int first = (int) call.number("first");
        var last = call.query().get("last");
        var ask = new ExcerptAsk(call.at("run"), path, first, last == null ? first : Integer.parseInt(last), (int)
                call.number("around"));
        return bus.askAt(bus.here(), ReviewDetails.EXCERPT, ask, EXCERPT).map(Answer::ok);
    }
}
