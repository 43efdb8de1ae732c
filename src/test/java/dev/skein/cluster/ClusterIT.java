package dev.skein.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.bus.Bus;
import dev.skein.bus.Contract;
import dev.skein.bus.Endpoint;
import dev.skein.bus.NodeAddress;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One coordinator, the only member with data, and two workers over loopback in one JVM. */
class ClusterIT {
    record Question(String text) {}

    record Answer(String text) {}

    private static final Endpoint<Question, Answer> LEADER =
            new Endpoint<>("test.leader.v1", Question.class, Answer.class);
    private static final Endpoint<Question, Answer> WORKER =
            new Endpoint<>("test.worker.v1", Question.class, Answer.class);
    private static final List<Contract> CONTRACTS = List.of(LEADER, WORKER, Reachability.PING, Reachability.CALL_BACK);
    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final int TRIES = 60;

    private final List<Member> members = new ArrayList<>();

    private record Member(Cluster cluster, Bus bus, Reachability reach) {
        NodeAddress address() {
            return bus.here();
        }
    }

    @AfterEach
    void close() throws Exception {
        for (var member : members) {
            member.cluster.vertx().close().await(30, SECONDS);
        }
    }

    @Test
    void a_node_is_reached_by_a_peer_and_its_end_is_heard_of() throws Exception {
        var coordinator = member("coordinator", true);
        var worker = member("worker-0", false);
        BlockingQueue<NodeAddress> gone = new LinkedBlockingQueue<>();
        coordinator.cluster.onLeft(gone::add);

        worker.reach.reached(TRIES).await(20, SECONDS);
        assertThat(coordinator.cluster.present()).containsExactlyInAnyOrder(coordinator.address(), worker.address());
        members.remove(worker);
        worker.cluster.vertx().close().await(30, SECONDS);

        assertThat(gone.poll(10, SECONDS)).isEqualTo(worker.address());
    }

    /** Its subscriptions were in the dead coordinator's memory alone; each node must publish its own again. */
    @Test
    void after_the_only_coordinator_died_its_successor_and_the_workers_find_each_other() throws Exception {
        var first = member("coordinator", true);
        var one = member("worker-0", false);
        var two = member("worker-1", false);
        assertThat(askUntilAnswered(one, two).text()).isEqualTo("worker-1");
        members.remove(first);
        first.cluster.crash();

        assertThat(askUntilAnswered(two, one).text()).isEqualTo("worker-0");
        var second = member("coordinator", true);

        assertThat(askUntilAnswered(second, one).text()).isEqualTo("worker-0");
        assertThat(askUntilAnswered(second, two).text()).isEqualTo("worker-1");
        assertThat(askLeaderUntilAnswered(one).text()).isEqualTo("coordinator");
        assertThat(askUntilAnswered(two, one).text()).isEqualTo("worker-0");
        second.reach.reached(TRIES).await(20, SECONDS);
        one.reach.reached(TRIES).await(20, SECONDS);
    }

    private static Answer askUntilAnswered(Member from, Member to) throws Exception {
        return retried(from, TRIES, () -> from.bus.askAt(to.address(), WORKER, new Question("?"), DEADLINE))
                .await(40, SECONDS);
    }

    private static Answer askLeaderUntilAnswered(Member from) throws Exception {
        return retried(from, TRIES, () -> from.bus.ask(LEADER, new Question("?"), DEADLINE))
                .await(40, SECONDS);
    }

    private static Future<Answer> retried(Member from, int tries, java.util.function.Supplier<Future<Answer>> ask) {
        return ask.get()
                .recover(cause -> tries <= 1
                        ? Future.failedFuture(cause)
                        : from.cluster.vertx().timer(200).compose(done -> retried(from, tries - 1, ask)));
    }

    private Member member(String name, boolean withData) throws Exception {
        var config = new ClusterConfig(true, "cluster-it", "127.0.0.1", 5811, 6, List.of());
        var here = NodeAddress.of(name);
        var cluster = Cluster.join(new VertxOptions(), config, here, withData).await(40, SECONDS);
        var bus = new Bus(cluster.vertx(), here);
        bus.register(CONTRACTS);
        var reach = new Reachability(cluster.vertx(), bus, cluster);
        reach.serve().await(20, SECONDS);
        bus.serveHere(WORKER, question -> Future.succeededFuture(new Answer(name)))
                .completion()
                .await(20, SECONDS);
        if (withData) {
            bus.serve(LEADER, question -> Future.succeededFuture(new Answer(name)))
                    .completion()
                    .await(20, SECONDS);
        }
        var member = new Member(cluster, bus, reach);
        members.add(member);
        return member;
    }
}
