package dev.skein.http.api.alerts;

import dev.skein.bus.Bus;
import dev.skein.http.api.Pages;
import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.http.json.Json;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Alerts;
import dev.skein.pipeline.Alerts.Alert;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What needs a person, and how many workers there should be. Thread-safe. */
public final class AlertCalls {
    private static final int ACKNOWLEDGED_SECS = 3_600;
    private static final Alerts.ListAll EVERY = new Alerts.ListAll("", 1, 0);

    private final Coordinator coordinator;
    private final Bus bus;

    public AlertCalls(Coordinator coordinator, Bus bus) {
        this.coordinator = coordinator;
        this.bus = bus;
    }

    private record AlertList(List<Alert> alerts, int total, Pages pagination) {}

    private record Given(
            @Nullable Integer forSecs, @Nullable String reason) {}

    public Map<String, Handler> handlers() {
        return Map.of(
                "listAlerts", this::list,
                "getAlert", this::get,
                "acknowledgeAlert", this::acknowledge,
                "scaling", this::scaling);
    }

    private Future<Answer> list(Call call) {
        var page = Pages.wanted(call);
        var ask = new Alerts.ListAll(call.query().getOrDefault("state", ""), page.limit(), page.offset());
        return coordinator
                .read(Alerts.LIST, ask)
                .recover(cause -> own(ask, cause))
                .map(found -> Answer.ok(new AlertList(
                        found.alerts(),
                        found.total(),
                        Pages.of(page, found.alerts().size(), found.total()))));
    }

    /** What this node has raised itself while nobody leads; else what was wrong stays what it is. */
    private Future<Alerts.Listed> own(Alerts.ListAll ask, Throwable cause) {
        var problem = Problem.in(cause);
        if (problem == null || !problem.code().equals("no_leader")) {
            return Future.failedFuture(cause);
        }
        return bus.askAt(bus.here(), Alerts.HERE, ask, Coordinator.READ)
                .recover(silent -> Future.failedFuture(cause))
                .compose(found -> found.total() == 0 ? Future.failedFuture(cause) : Future.succeededFuture(found));
    }

    private Future<Answer> get(Call call) {
        var id = call.at("alert_id");
        return coordinator
                .read(Alerts.GET, new Alerts.Get(id))
                .recover(cause -> own(EVERY, cause)
                        .compose(found -> found.alerts().stream()
                                .filter(alert -> alert.id().equals(id))
                                .findFirst()
                                .map(Future::succeededFuture)
                                .orElseGet(() -> Future.failedFuture(cause))))
                .map(Answer::ok);
    }

    private Future<Answer> acknowledge(Call call) {
        var given = call.json() == null ? new Given(null, null) : Json.as(Given.class, call.json());
        int secs = given.forSecs == null ? ACKNOWLEDGED_SECS : given.forSecs;
        var reason = given.reason == null ? "" : given.reason;
        var ask = new Alerts.Acknowledge(call.at("alert_id"), secs, reason, call.caller());
        return coordinator.change(Alerts.ACKNOWLEDGE, ask, Coordinator.CHANGE).map(Answer::ok);
    }

    private Future<Answer> scaling(Call call) {
        return coordinator.read(Alerts.SCALING, new Alerts.ScalingAsk()).map(Answer::ok);
    }
}
