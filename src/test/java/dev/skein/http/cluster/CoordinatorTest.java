package dev.skein.http.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.http.exchange.Answer;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Groups;
import dev.skein.pipeline.Groups.Delete;
import dev.skein.pipeline.Groups.TornDown;
import dev.skein.pipeline.Observation;
import dev.skein.pipeline.Observation.Leads;
import dev.skein.pipeline.Workers.Caller;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Callers of a leader that does not answer, and what they hear when it is gone. */
class CoordinatorTest {
    private static final NodeAddress LEADER = new NodeAddress("coordinator-0", "1");
    private static final Leads NEXT = new Leads("coordinator-1@1", 8);
    private static final Delete DELETE = new Delete("g", new Caller("somebody", "admin", ""));
    private static final Duration HOUR = Duration.ofHours(1);

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx, new NodeAddress("here", "1"));
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Coordinator coordinator = coordinator();
    private final Promise<TornDown> answer = Promise.promise();

    private Coordinator coordinator() {
        bus.register(List.of(Groups.DELETE, Groups.LIST, Groups.LIST_STORED, Observation.LEADS));
        return new Coordinator(bus, now::get);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(5, SECONDS);
    }

    private Future<TornDown> asked() throws Exception {
        var arrived = new CompletableFuture<Delete>();
        bus.serve(Groups.DELETE, delete -> {
                    arrived.complete(delete);
                    return answer.future();
                })
                .completion()
                .await(5, SECONDS);
        var asked = coordinator.change(Groups.DELETE, DELETE, HOUR);
        arrived.get(5, SECONDS);
        return asked;
    }

    @Test
    void who_waits_for_a_leader_that_dies_hears_at_once_that_the_outcome_is_unknown() throws Exception {
        coordinator.leads(new Leads(LEADER.toString(), 7));
        var waits = asked();
        bus.forget(new NodeAddress("worker-3", "1"));
        assertThat(waits.isComplete()).isFalse();

        bus.forget(LEADER);
        assertThatThrownBy(() -> waits.await(5, SECONDS)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo("no_leader");
            assertThat(problem.sentence()).contains("may have been carried out");
        });
    }

    @Test
    void a_new_term_ends_the_waiting_for_the_one_before_but_not_what_is_on_its_way_to_it() throws Exception {
        coordinator.leads(new Leads(LEADER.toString(), 7));
        var waits = asked();
        coordinator.leads(new Leads(LEADER.toString(), 7));
        coordinator.leads(NEXT);
        assertThat(waits.isComplete()).as("asked less than a second ago").isFalse();

        now.set(Instant.EPOCH.plusSeconds(2));
        bus.announce(Observation.LEADS, NEXT);
        assertThatThrownBy(() -> waits.await(5, SECONDS)).hasMessageContaining("may have been carried out");
    }

    @Test
    void who_asks_after_the_leader_died_does_not_wait_for_long() throws Exception {
        coordinator.leads(new Leads(LEADER.toString(), 7));
        bus.forget(LEADER);
        var waits = asked();

        assertThatThrownBy(() -> waits.await(20, SECONDS)).hasMessageContaining("may have been carried out");
    }

    @Test
    void an_answer_in_time_is_an_answer() throws Exception {
        coordinator.leads(new Leads(LEADER.toString(), 7));
        var waits = asked();
        answer.complete(new TornDown(true, List.of()));
        assertThat(waits.await(5, SECONDS).tornDown()).isTrue();

        bus.forget(LEADER);
        assertThat(waits.succeeded()).isTrue();
    }

    @Test
    void while_nobody_leads_a_list_comes_from_the_store_and_says_so() throws Exception {
        var page = new Groups.ListAll(10, 0);
        var nobody = coordinator.read(Groups.LIST, Groups.LIST_STORED, page);
        assertThatThrownBy(() -> nobody.await(5, SECONDS))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("no_leader"));

        bus.serve(Groups.LIST_STORED, ask -> Future.succeededFuture(new Groups.Listed(List.of(), 3)))
                .completion()
                .await(5, SECONDS);
        var stored = coordinator.read(Groups.LIST, Groups.LIST_STORED, page).await(5, SECONDS);
        assertThat(stored.answer(Groups.Listed::total)).isEqualTo(new Answer.Stale(Answer.ok(3)));

        bus.serve(Groups.LIST, ask -> Future.succeededFuture(new Groups.Listed(List.of(), 4)))
                .completion()
                .await(5, SECONDS);
        var led = coordinator.read(Groups.LIST, Groups.LIST_STORED, page).await(5, SECONDS);
        assertThat(led.answer(Groups.Listed::total)).isEqualTo(Answer.ok(4));
    }
}
