package dev.skein.coordinator.connector;

import dev.skein.bus.Bus;
import dev.skein.connector.Definitions;
import dev.skein.coordinator.ledger.Audit;
import dev.skein.coordinator.ledger.Ledger;
import dev.skein.coordinator.ledger.Stepped;
import dev.skein.coordinator.state.Group;
import dev.skein.kernel.Page;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Connectors;
import dev.skein.pipeline.Connectors.Create;
import dev.skein.pipeline.Connectors.Definition;
import dev.skein.pipeline.Connectors.Delete;
import dev.skein.pipeline.Connectors.Deleted;
import dev.skein.pipeline.Connectors.Get;
import dev.skein.pipeline.Connectors.ListAll;
import dev.skein.pipeline.Connectors.Listed;
import dev.skein.pipeline.Connectors.Update;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import dev.skein.pipeline.Workers.Caller;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Serves the registry of connectors. Confined to the coordinator's event loop. */
public final class ConnectorRegistry {
    private final Shelf shelf;
    private final Ledger ledger;
    private Future<?> last = Future.succeededFuture(); // changes are made one after the other

    /** @param ledger tells which programs are deployed, and keeps the audit */
    public ConnectorRegistry(Shelf shelf, Ledger ledger) {
        this.shelf = shelf;
        this.ledger = ledger;
    }

    public Future<?> mount(Bus bus) {
        return Future.all(
                bus.serve(Connectors.CREATE, this::create).completion(),
                bus.serve(Connectors.UPDATE, this::update).completion(),
                bus.serve(Connectors.GET, this::get).completion(),
                bus.serve(Connectors.LIST, this::list).completion(),
                bus.serve(Connectors.DELETE, this::delete).completion());
    }

    private Future<Definition> get(Get request) {
        var found = shelf.find(request.name());
        return found == null
                ? Future.failedFuture(unknown(request.name()))
                : Future.succeededFuture(Definitions.masked(found));
    }

    private Future<Listed> list(ListAll request) {
        var all = shelf.all();
        var page = new Page(request.limit(), request.offset())
                .of(all).stream().map(Definitions::masked).toList();
        return Future.succeededFuture(new Listed(page, all.size()));
    }

    private Future<Definition> create(Create request) {
        var given = request.connector();
        return inTurn(() -> shelf.find(given.name()) == null
                ? put(given, null, new Audit(request.caller(), "connector.create", given.name(), "ok"))
                : Future.failedFuture(Definitions.refused(List.of("a connector named " + given.name() + " exists"))));
    }

    private Future<Definition> update(Update request) {
        var given = request.connector();
        return inTurn(() -> {
            var stored = shelf.find(given.name());
            return stored == null
                    ? Future.failedFuture(unknown(given.name()))
                    : put(given, stored, new Audit(request.caller(), "connector.update", given.name(), "ok"));
        });
    }

    private Future<Definition> put(Definition given, @Nullable Definition stored, Audit audit) {
        var whole = Definitions.unmasked(given, stored);
        var faults = Definitions.faults(whole);
        return faults.isEmpty()
                ? shelf.put(whole).compose(kept -> note(audit)).map(noted -> Definitions.masked(whole))
                : Future.failedFuture(Definitions.refused(faults));
    }

    private Future<Deleted> delete(Delete request) {
        return inTurn(() -> remove(request.name(), request.caller()));
    }

    private Future<Deleted> remove(String name, Caller caller) {
        if (shelf.find(name) == null) {
            return Future.failedFuture(unknown(name));
        }
        var users = users(name);
        if (!users.isEmpty()) {
            return Future.failedFuture(Problem.conflict(
                    "connector_in_use", "connector " + name + " is named by pipelines of " + String.join(", ", users)));
        }
        return shelf.remove(name)
                .compose(gone -> note(new Audit(caller, "connector.delete", name, "ok")))
                .map(noted -> new Deleted(true));
    }

    private List<String> users(String name) {
        return ledger.working().groups().values().stream()
                .filter(group -> !group.deleting())
                .filter(group -> shelf.isNamed(name, sources(group)))
                .map(group -> "group " + group.spec().name())
                .toList();
    }

    private static List<String> sources(Group group) {
        return group.spec().pipelines().stream().map(PipelineSpec::source).collect(Collectors.toList());
    }

    private Future<?> note(Audit audit) {
        return ledger.step(state -> Stepped.to(state, true).noting(audit));
    }

    private <T> Future<T> inTurn(Supplier<Future<T>> change) {
        var mine = last.transform(before -> change.get());
        last = mine;
        return mine;
    }

    private static Problem unknown(String name) {
        return Problem.notFound("connector_not_found", "no connector " + name);
    }
}
