package dev.skein.http.api.alerts;

import dev.skein.http.api.Pages;
import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.http.json.Json;
import dev.skein.pipeline.Alerts;
import dev.skein.pipeline.Alerts.Alert;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What needs a person, and how many workers there should be. Thread-safe. */
public final class AlertCalls {
    private static final int ACKNOWLEDGED_SECS = 3_600;

    private final Coordinator coordinator;

    public AlertCalls(Coordinator coordinator) {
        this.coordinator = coordinator;
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
        var state = call.query().getOrDefault("state", "");
        return coordinator
                .read(Alerts.LIST, new Alerts.ListAll(state, page.limit(), page.offset()))
                .map(found -> Answer.ok(new AlertList(
                        found.alerts(),
                        found.total(),
                        Pages.of(page, found.alerts().size(), found.total()))));
    }

    private Future<Answer> get(Call call) {
        return coordinator.read(Alerts.GET, new Alerts.Get(call.at("alert_id"))).map(Answer::ok);
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
