package dev.skein.coordinator.job.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.coordinator.job.JobChange.Accepted;
import dev.skein.coordinator.job.JobPlane;
import dev.skein.coordinator.job.JobPlane.Accepting;
import dev.skein.coordinator.job.JobPlane.Ground;
import dev.skein.coordinator.job.JobsConfig;
import dev.skein.coordinator.job.RunnerLink;
import dev.skein.job.JobRuns.Ref;
import dev.skein.job.JobRuns.Run;
import dev.skein.job.JobRuns.Stop;
import dev.skein.job.JobRuns.Stopping;
import dev.skein.job.JobRuns.Taken;
import dev.skein.job.JobSpec;
import dev.skein.job.JobSpec.Order;
import dev.skein.job.JobState;
import dev.skein.job.life.JobIds;
import dev.skein.job.life.Live;
import dev.skein.job.life.Traits;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One leader after the other, a few workers and a network that loses, delays and doubles. */
final class SimWorld implements RunnerLink {
    private static final long TROUBLE_MILLIS = 8_000;
    private static final long PEACE_MILLIS = 120_000;
    private static final double LOST = 0.05;
    private static final double DOUBLED = 0.05;

    private final SimTime time;
    private final SimJournal journal;
    private final List<SimWorker> workers = new ArrayList<>();
    private final Set<Long> acknowledged = new HashSet<>();
    private final Set<Ref> effects = new HashSet<>();
    private final JobsConfig config;
    private JobPlane leader;
    private long epoch;
    private long count;
    private boolean calm;

    SimWorld(long seed) {
        this.time = new SimTime(seed);
        this.journal = new SimJournal(time);
        var usual = JobsConfig.DEFAULTS;
        this.config = new JobsConfig(
                Duration.ofSeconds(3),
                usual.retention(),
                usual.rules(),
                usual.limits(),
                usual.sizes(),
                usual.types(),
                Map.of());
        lead();
        for (int i = 0; i < 3; i++) {
            workers.add(new SimWorker(this, time, "w" + i));
        }
    }

    /** Lives one history and checks what must be so at its end. */
    void live() {
        clockwork();
        long end = time.millis() + TROUBLE_MILLIS;
        for (int i = 0; i < 12; i++) {
            time.in(time.upTo((int) TROUBLE_MILLIS), this::submit);
            time.in(time.upTo((int) TROUBLE_MILLIS), this::trouble);
        }
        while (time.step(end)) {
            // one thing after the other
        }
        calm = true;
        journal.calm();
        long last = end + PEACE_MILLIS;
        while (!journal.isOver() && time.step(last)) {
            // until all have ended
        }
        check();
    }

    private void check() {
        assertThat(journal.rows.keySet()).as("acknowledged jobs are there").containsAll(acknowledged);
        assertThat(journal.rows.values())
                .as("every job has ended")
                .allMatch(row -> row.state().isTerminal());
        assertThat(effects)
                .as("whoever was told that its success counts was the last attempt")
                .allMatch(ref -> isLast(ref, journal.rows.get(JobIds.parse(ref.job()))));
    }

    private static boolean isLast(Ref ref, Live row) {
        return row.attempt() == ref.attempt() && row.state() == JobState.SUCCEEDED;
    }

    private void lead() {
        var ground = new Ground(journal.of(++epoch), this, time, time.random());
        leader = new JobPlane(epoch, config, journal.found(), ground, ids -> Future.succeededFuture(new HashMap<>()));
        count = 0;
    }

    private void clockwork() {
        time.in(250, this::clockwork);
        leader.tick();
        if (time.millis() % 1_000 < 250) {
            leader.look();
        }
    }

    private void submit() {
        var specs = new ArrayList<Accepting>();
        for (int i = time.upTo(3); i > 0; i--) {
            specs.add(accepting());
        }
        leader.ledger()
                .step(() -> {
                    leader.accept(specs);
                    return true;
                })
                .onSuccess(done ->
                        specs.forEach(each -> acknowledged.add(each.live().id())));
    }

    private Accepting accepting() {
        var key = time.chance(0.3) ? "key" : null;
        var order = new Order(time.upTo(9), null, key, 1, Duration.ofMillis(time.chance(0.3) ? time.upTo(2_000) : 0));
        var spec = JobSpec.of("exec", "{}").with(order);
        var live = Live.accepted(
                JobIds.of(epoch, ++count),
                Traits.of(spec, "ann"),
                1L << 28,
                new Live.Entry(time.millis(), order.delay().toMillis()));
        return new Accepting(live, new Accepted(spec, "ann", time.millis(), null, null));
    }

    private void trouble() {
        var worker = workers.get(time.upTo(workers.size()) - 1);
        switch (time.upTo(5)) {
            case 1 -> worker.die();
            case 2 -> worker.standStill();
            case 3 -> lead(); // the one before goes on and does not know
            default -> cancelOne();
        }
    }

    private void cancelOne() {
        var present = leader;
        present.book().all().stream()
                .filter(live -> !live.state().isTerminal())
                .min((one, other) -> Long.compare(one.id(), other.id()))
                .ifPresent(live -> present.ledger().step(() -> present.cancel(live, "no more")));
    }

    /** A worker was told that its success counts. */
    void succeeded(Ref ref) {
        effects.add(ref);
    }

    void left(String node) {
        leader.left(node);
    }

    /** Brings something to whoever leads when it arrives: late, twice or never. */
    void toLeader(Consumer<JobPlane> message) {
        deliver(() -> {
            try {
                message.accept(leader);
            } catch (Problem refused) {
                // the sender tries again
            }
        });
    }

    private void deliver(Runnable what) {
        if (calm || !time.chance(LOST)) {
            time.in(time.upTo(40), what);
        }
        if (!calm && time.chance(DOUBLED)) {
            time.in(time.upTo(400), what);
        }
    }

    @Override
    public Future<Taken> run(String node, Run run) {
        return ask(() -> worker(node).run(node, run));
    }

    @Override
    public Future<Stopping> stop(String node, Stop stop) {
        return ask(() -> {
            worker(node).stop(node, stop);
            return new Stopping();
        });
    }

    private SimWorker worker(String node) {
        return workers.get(node.charAt(1) - '0');
    }

    private <T> Future<T> ask(Supplier<T> question) {
        Promise<T> answer = Promise.promise();
        deliver(() -> {
            try {
                var reply = question.get();
                deliver(() -> answer.tryComplete(reply));
            } catch (Problem refused) {
                deliver(() -> answer.tryFail(refused));
            }
        });
        time.in(2_000, () -> answer.tryFail(Problem.timeout("no answer")));
        return answer.future();
    }
}
