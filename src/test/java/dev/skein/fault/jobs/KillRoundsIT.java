package dev.skein.fault.jobs;

import static dev.skein.fault.jobs.JobDesk.LONGEST;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.fault.nodes.NodeProcess;
import dev.skein.fault.nodes.TestCluster;
import dev.skein.fault.nodes.TestCluster.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream of jobs while a worker, a machine of a job or the coordinator is killed, round after round: {@code
 * -Dskein.kill.rounds=100 -Dskein.kill.seed=1}.
 */
@Tag("long")
class KillRoundsIT {
    private static final int ROUNDS = Integer.getInteger("skein.kill.rounds", 100);
    private static final long SEED = Long.getLong("skein.kill.seed", 20_261_121L);
    private static final int WORKERS = 2;
    private static final int JOBS_A_ROUND = 12;
    private static final int MOMENT_MILLIS_MAX = 1_500;
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final String MACHINE = "heavy.compute.ComputeMain";

    private enum Victim {
        WORKER,
        MACHINE,
        COORDINATOR
    }

    @TempDir
    Path folder;

    private TestCluster cluster;
    private JobDesk desk;
    private JobStream stream;
    private Path effects;
    private final Random random = new Random(SEED);
    private final Map<String, JsonNode> ends = new LinkedHashMap<>();
    private final Map<Victim, Integer> killed = new EnumMap<>(Victim.class);

    @BeforeEach
    void start() throws IOException {
        var settings = "jobs: {class-path: %s, warm: 1}\nmemory: {budget: 4GiB}".formatted(JobDesk.CLASSES);
        cluster = TestCluster.start(folder, WORKERS, Setup.heavy(settings));
        desk = new JobDesk(cluster).awaitRunners(WORKERS);
        effects = Files.createDirectory(folder.resolve("effects"));
        stream = new JobStream(cluster.api, effects, SEED);
    }

    @AfterEach
    void stop() {
        if (stream != null) {
            stream.close();
        }
        if (cluster != null) { // it may never have started
            cluster.close();
        }
    }

    @Test
    void a_hundred_kills_at_random_moments_lose_and_double_nothing() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long began = System.nanoTime();
            var victim = Victim.values()[random.nextInt(Victim.values().length)];
            play(victim);
            System.out.printf(
                    "round %d: %s, %,d ms%n",
                    round + 1, victim, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        }
        conclude();
    }

    /** One round: jobs come in, something is killed meanwhile and begins anew, and all of them end. */
    private void play(Victim victim) throws Exception {
        var sent = stream.send(JOBS_A_ROUND);
        long moment = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(MOMENT_MILLIS_MAX));
        while (System.nanoTime() < moment) {
            LockSupport.parkNanos(moment - System.nanoTime());
        }
        kill(victim);
        killed.merge(victim, 1, Integer::sum);
        for (var job : sent.get(LONGEST.toSeconds(), TimeUnit.SECONDS).entrySet()) {
            var end = desk.ended(job.getKey());
            assertThat(end.path("state").asText())
                    .as("seed %d, %s killed: %s%s", SEED, victim, end, cluster.tails())
                    .isEqualTo("succeeded");
            ends.put(job.getKey(), end);
            checkMark(end, job.getValue());
        }
        Living.await("what ended jobs and killed workers left", () -> Living.saying(effects.toString()));
        Living.await("machines that killed workers left", this::orphans);
    }

    private List<Long> orphans() {
        return Living.saying(folder.toString(), MACHINE).stream()
                .filter(pid -> !isOurs(pid))
                .toList();
    }

    private void kill(Victim victim) throws Exception {
        switch (victim) {
            case WORKER -> {
                int number = random.nextInt(WORKERS);
                cluster.worker(number).kill();
                cluster.startWorker(number);
            }
            case MACHINE -> killMachine();
            case COORDINATOR -> {
                cluster.coordinator().kill();
                cluster.startCoordinator();
            }
        }
    }

    /** Any that works, waits or begins, as soon as there is one. */
    private void killMachine() throws Exception {
        long until = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < until) {
            var machines = Living.saying(folder.toString(), MACHINE).stream()
                    .filter(this::isOurs)
                    .toList();
            if (!machines.isEmpty()) {
                long pid = machines.get(random.nextInt(machines.size()));
                Living.signal(pid, "KILL");
                return;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new AssertionError("no machine ever ran" + cluster.tails());
    }

    private boolean isOurs(long pid) {
        return List.of(0, 1).stream()
                .map(cluster::worker)
                .map(NodeProcess::pid)
                .anyMatch(node -> node == Living.parent(pid));
    }

    /** Done at least once, and by no attempt that was not made. */
    private static void checkMark(JsonNode end, Path mark) throws IOException {
        if (end.path("type").asText().equals("noop")) {
            return;
        }
        assertThat(Files.readAllLines(mark))
                .as("%s", end)
                .hasSizeBetween(1, end.path("attempt").asInt());
    }

    /** No end has changed since, and none was counted twice. */
    private void conclude() {
        ends.forEach((id, end) -> {
            var now = desk.ended(id);
            for (var part : List.of("state", "attempt", "worker", "finished_at", "result")) {
                assertThat(now.path(part)).as("%s of %s", part, end).isEqualTo(end.path(part));
            }
        });
        var stats = cluster.api.getUntil(LONGEST, JobDesk.JOBS + "/stats", answer -> answer.status() == 200);
        System.out.printf(
                "%d jobs acknowledged and ended, %d of them at a later attempt; killed: %s; counted: %s%n",
                ends.size(),
                ends.values().stream()
                        .filter(end -> end.path("attempt").asInt() > 1)
                        .count(),
                killed,
                stats.body().path("counts"));
        assertThat(ends.keySet()).isEqualTo(stream.acknowledged().keySet());
        assertThat(stats.body().path("counts").path("succeeded").asInt())
                .as("%s", stats)
                .isEqualTo(ends.size());
    }
}
