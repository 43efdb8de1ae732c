package dev.skein.coordinator.leader;

import dev.skein.bus.Bus;
import dev.skein.bus.Endpoint;
import dev.skein.bus.NodeAddress;
import dev.skein.cluster.Membership;
import dev.skein.kernel.Ids;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import dev.skein.store.Store;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Makes sure that all candidates of a cluster share one store. Confined to one event loop. */
public final class Candidacy {
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final int ID_BYTES = 16;

    public record Ask() {}

    /**
     * One candidate.
     *
     * @param storeId random text that the store was given when it was new
     * @param exclusive whether its store is for it alone
     * @param settled whether it has finished looking for others
     */
    public record Candidates(String node, String storeId, boolean exclusive, boolean settled) {}

    public static final Endpoint<Ask, Candidates> WHO =
            new Endpoint<>("coordinator.candidate.v1", Ask.class, Candidates.class);

    private final Bus bus;
    private final Store store;
    private final Membership membership;
    private boolean settled;

    Candidacy(Bus bus, Store store, Membership membership) {
        this.bus = bus;
        this.store = store;
        this.membership = membership;
    }

    /** Fails with one sentence when there is a candidate with which this one cannot share. */
    Future<?> enter() {
        return storeId()
                .map(id -> new Candidates(
                        bus.here().toString(), id, store.dialect().isExclusive(), false))
                .compose(self -> bus.serveHere(WHO, ask -> Future.succeededFuture(now(self)))
                        .completion()
                        .compose(served -> others())
                        .compose(others -> judge(self, others)))
                .onSuccess(done -> settled = true);
    }

    private Candidates now(Candidates self) {
        return new Candidates(self.node, self.storeId, self.exclusive, settled);
    }

    private Future<String> storeId() {
        return store.write(tx -> {
            tx.update(
                    "INSERT INTO meta (name, value) VALUES ('store_id', ?) ON CONFLICT (name) DO NOTHING",
                    Ids.hex(ID_BYTES));
            return tx.query("SELECT value FROM meta WHERE name = 'store_id'", row -> row.getString(1))
                    .get(0);
        });
    }

    private Future<List<Candidates>> others() {
        var asked = membership.present().stream()
                .filter(node -> !node.equals(bus.here()))
                .map(this::ask)
                .toList();
        return Future.join(asked)
                .map(all ->
                        asked.stream().flatMap(each -> each.result().stream()).toList());
    }

    /** Whoever does not answer is no candidate, or cannot be asked now. */
    private Future<Optional<Candidates>> ask(NodeAddress node) {
        return bus.askAt(node, WHO, new Ask(), ANSWER)
                .map(Optional::of)
                .recover(silent -> Future.succeededFuture(Optional.empty()));
    }

    private static Future<?> judge(Candidates self, List<Candidates> others) {
        return others.stream()
                .filter(other -> other.exclusive || self.exclusive || !other.storeId.equals(self.storeId))
                .filter(other -> other.settled || other.node.compareTo(self.node) < 0) // of two at once, one may stay
                .findFirst()
                .map(other -> Future.failedFuture(refusal(self, other)))
                .orElseGet(Future::succeededFuture);
    }

    private static Problem refusal(Candidates self, Candidates other) {
        var reason = self.exclusive || other.exclusive
                ? "with SQLite there is one coordinator; give all of them the same PostgreSQL in store.url"
                : "its store is another one; store.url must name the same database on all coordinators";
        return new Problem(
                Kind.CONFLICT, "second_coordinator", other.node + " is a coordinator already and " + reason, List.of());
    }
}
