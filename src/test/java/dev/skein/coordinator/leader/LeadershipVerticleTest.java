package dev.skein.coordinator.leader;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.cluster.Membership;
import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import dev.skein.store.Durability;
import dev.skein.store.EmbeddedServer;
import dev.skein.store.SqliteStore;
import dev.skein.store.Store;
import dev.skein.store.StoreConfig;
import dev.skein.store.StoreConfig.Server;
import dev.skein.store.Stores;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several candidates of one Vert.x, each with a store and a thread of its own. */
class LeadershipVerticleTest {
    private static final LeaderConfig QUICK = new LeaderConfig(
            Duration.ofSeconds(2),
            Duration.ofMillis(300),
            Duration.ofMillis(200),
            Duration.ofMillis(300),
            Duration.ofSeconds(1));

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Set<String> standing = ConcurrentHashMap.newKeySet();
    private final List<Store> stores = new ArrayList<>();
    private final LinkedBlockingQueue<Term> terms = new LinkedBlockingQueue<>();
    private final Set<NodeAddress> present = ConcurrentHashMap.newKeySet();

    @AfterEach
    void close() throws Exception {
        Future.join(standing.stream().map(vertx::undeploy).toList()).await(20, SECONDS);
        Future.join(stores.stream().map(Store::close).toList()).await(10, SECONDS);
        vertx.close().await(5, SECONDS);
    }

    @Test
    void when_the_leader_stops_another_leads_in_the_next_epoch_at_once() throws Exception {
        var database = EmbeddedServer.database();
        var first = candidate("c-0", database);
        var one = terms.poll(5, SECONDS);
        candidate("c-1", database);

        standing.remove(first);
        vertx.undeploy(first).await(10, SECONDS);
        var two = terms.poll(1_500, java.util.concurrent.TimeUnit.MILLISECONDS);
        assertThat(two).as("before the lease of 2 s runs out").isNotNull();
        assertThat(two.epoch()).isEqualTo(one.epoch() + 1);
        assertThat(one.holds().getAsBoolean()).isFalse();
        assertThat(two.holds().getAsBoolean()).isTrue();
    }

    @Test
    void a_leader_whose_row_was_taken_refuses_writes_and_stands_again() throws Exception {
        var database = EmbeddedServer.database();
        candidate("c-0", database);
        var term = terms.poll(5, SECONDS);
        var rival = open(database);
        rival.write(tx -> tx.update("UPDATE leadership SET epoch = epoch + 1, holder = 'x@1', expires = 0"))
                .await(5, SECONDS);

        assertThatThrownBy(() -> term.store()
                        .write(tx -> tx.update("INSERT INTO meta (name, value) VALUES ('late', '')"))
                        .await(5, SECONDS))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("no_leader"));
        assertThat(terms.poll(5, SECONDS).epoch()).isEqualTo(term.epoch() + 2);
        assertThat(rival.read(tx -> tx.query("SELECT name FROM meta WHERE name = 'late'", row -> row.getString(1)))
                        .await(5, SECONDS))
                .isEmpty();
    }

    @Test
    void a_role_that_does_not_start_gives_the_lease_back_and_is_tried_again() throws Exception {
        var attempts = new LinkedBlockingQueue<Long>();
        stand("c-0", open(EmbeddedServer.database()), (term, news) -> new VerticleBase() {
            @Override
            public Future<?> start() {
                attempts.add(term.epoch());
                return term.epoch() < 2 ? Future.failedFuture("not yet") : Future.succeededFuture();
            }
        });

        assertThat(attempts.poll(5, SECONDS)).isEqualTo(1);
        assertThat(attempts.poll(5, SECONDS)).isEqualTo(2);
    }

    @Test
    void a_second_coordinator_with_sqlite_is_refused_with_a_sentence() throws Exception {
        stand("c-0", sqlite("a"), this::role);

        assertThatThrownBy(() -> stand("c-1", sqlite("b"), this::role))
                .hasMessageContaining("is a coordinator already and with SQLite there is one coordinator");
        assertThatThrownBy(() -> candidate("c-2", EmbeddedServer.database()))
                .hasMessageContaining("with SQLite there is one coordinator");
    }

    @Test
    void a_second_coordinator_on_another_database_is_refused_with_a_sentence() throws Exception {
        candidate("c-0", EmbeddedServer.database());

        assertThatThrownBy(() -> candidate("c-1", EmbeddedServer.database()))
                .hasMessageContaining("store.url must name the same database on all coordinators");
    }

    private String candidate(String node, Server database) throws Exception {
        return stand(node, open(database), this::role);
    }

    private String stand(String node, Store store, LeadershipVerticle.Role role) throws Exception {
        var bus = new Bus(vertx, NodeAddress.of(node));
        if (present.isEmpty()) {
            bus.register(List.of(Candidacy.WHO));
        }
        present.add(bus.here());
        var id = vertx.deployVerticle(
                        new LeadershipVerticle(bus, QUICK, store, new Everybody(), SteadyClock.system(), role))
                .await(20, SECONDS);
        standing.add(id);
        return id;
    }

    private Deployable role(Term term, Membership news) {
        return new VerticleBase() {
            @Override
            public Future<?> start() {
                terms.add(term);
                return Future.succeededFuture();
            }
        };
    }

    private Store sqlite(String name) throws Exception {
        return kept(SqliteStore.open(vertx, folder.resolve(name), StoreConfig.DEFAULTS, SteadyClock.system()));
    }

    private Store open(Server database) throws Exception {
        var config = new StoreConfig(Durability.FSYNC, 100, 10, Duration.ofSeconds(5), database);
        return kept(Stores.open(vertx, folder, config, SteadyClock.system()));
    }

    private Store kept(Future<Store> opening) throws Exception {
        var store = opening.await(20, SECONDS);
        stores.add(store);
        return store;
    }

    private final class Everybody implements Membership {
        @Override
        public Set<NodeAddress> present() {
            return Set.copyOf(present);
        }

        @Override
        public void onJoined(Consumer<NodeAddress> listener) {}

        @Override
        public void onLeft(Consumer<NodeAddress> listener) {}
    }
}
