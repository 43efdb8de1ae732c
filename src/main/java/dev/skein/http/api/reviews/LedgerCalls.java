package dev.skein.http.api.reviews;

import dev.skein.bus.Bus;
import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.http.json.Json;
import dev.skein.review.run.Reviews;
import dev.skein.review.run.Reviews.ResultAsk;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;

/** Tasks that come from a ledger of git, and what goes into one. Thread-safe. */
final class LedgerCalls {
    /** Files are looked at, and results brought to the leader. */
    private static final Duration IMPORT = Duration.ofMinutes(5);

    private static final Duration STORED = Duration.ofSeconds(15);

    private final Coordinator coordinator;
    private final Bus bus;

    LedgerCalls(Coordinator coordinator, Bus bus) {
        this.coordinator = coordinator;
        this.bus = bus;
    }

    private record Imported(RunView run, int found, int created, int taken, int again, int gone) {}

    Map<String, Handler> handlers() {
        return Map.of("importReview", this::take, "reviewTaskResult", this::result);
    }

    private Future<Answer> take(Call call) {
        var create = Json.as(NewReview.class, call.checked()).create(call.caller());
        return bus.askAt(bus.here(), Reviews.IMPORT, create, IMPORT).map(done -> {
            var imported = new Imported(
                    RunView.of(done.run()), done.found(), done.created(), done.taken(), done.again(), done.gone());
            return done.created() == 0 ? Answer.ok(imported) : Answer.created(imported);
        });
    }

    private Future<Answer> result(Call call) {
        var ask = new ResultAsk(call.at("run"), call.at("task"), call.query().get("cursor"));
        return coordinator.read(Reviews.RESULT, ask, STORED).map(FoundView::of);
    }
}
