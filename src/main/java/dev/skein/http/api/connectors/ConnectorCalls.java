package dev.skein.http.api.connectors;

import dev.skein.connector.Definitions;
import dev.skein.http.api.Pages;
import dev.skein.http.cluster.Coordinator;
import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.http.json.Json;
import dev.skein.pipeline.Connectors;
import dev.skein.pipeline.Connectors.Definition;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Connectors of the cluster. Thread-safe. */
public final class ConnectorCalls {
    private static final int PAGE = 1_000;

    private final Coordinator coordinator;

    public ConnectorCalls(Coordinator coordinator) {
        this.coordinator = coordinator;
    }

    private record Given(
            @Nullable String name,
            @Nullable String connectorType,
            @Nullable Map<String, String> params,
            @Nullable String description) {}

    private record ConnectorList(List<Definition> connectors, int total, Pages pagination) {}

    public Map<String, Handler> handlers() {
        return Map.of(
                "createConnector", this::create,
                "listConnectors", this::list,
                "getConnector", this::get,
                "updateConnector", this::update,
                "deleteConnector", this::delete);
    }

    /** Type by name of all of them, for the checker. */
    public static Future<Map<String, String>> types(Coordinator coordinator) {
        return types(coordinator, new HashMap<>());
    }

    private static Future<Map<String, String>> types(Coordinator coordinator, Map<String, String> seen) {
        return coordinator
                .read(Connectors.LIST, new Connectors.ListAll(PAGE, seen.size()))
                .compose(found -> {
                    found.connectors().forEach(connector -> seen.put(connector.name(), connector.connectorType()));
                    boolean isLast = found.connectors().size() < PAGE;
                    return isLast ? Future.succeededFuture(seen) : types(coordinator, seen);
                });
    }

    private Future<Answer> create(Call call) {
        var given = Json.as(Given.class, call.checked());
        var create = new Connectors.Create(definition(given, given.name), call.caller());
        return coordinator.change(Connectors.CREATE, create, Coordinator.CHANGE).map(Answer::created);
    }

    private static Definition definition(Given given, @Nullable String name) {
        var type = given.connectorType == null ? "" : given.connectorType;
        var params = given.params == null ? Map.<String, String>of() : given.params;
        return new Definition(name == null ? "" : name, type, params, given.description);
    }

    private Future<Answer> list(Call call) {
        var page = Pages.wanted(call);
        return coordinator
                .read(Connectors.LIST, new Connectors.ListAll(page.limit(), page.offset()))
                .map(found -> Answer.ok(new ConnectorList(
                        found.connectors(),
                        found.total(),
                        Pages.of(page, found.connectors().size(), found.total()))));
    }

    private Future<Answer> get(Call call) {
        return coordinator
                .read(Connectors.GET, new Connectors.Get(call.at("name")))
                .map(Answer::ok);
    }

    private Future<Answer> update(Call call) {
        var given = Json.as(Given.class, call.checked());
        var name = call.at("name");
        if (given.name != null && !given.name.equals(name)) {
            throw Definitions.refused(List.of("name in the body is " + given.name + " and in the path " + name));
        }
        var update = new Connectors.Update(definition(given, name), call.caller());
        return coordinator.change(Connectors.UPDATE, update, Coordinator.CHANGE).map(Answer::ok);
    }

    private Future<Answer> delete(Call call) {
        var delete = new Connectors.Delete(call.at("name"), call.caller());
        return coordinator.change(Connectors.DELETE, delete, Coordinator.CHANGE).map(Answer::ok);
    }
}
