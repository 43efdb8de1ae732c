package dev.skein.coordinator.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.skein.coordinator.sim.SimWorld.Size;
import dev.skein.coordinator.state.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Whole histories of coordinators that crash, stop, are cut off and have odd clocks, of workers that do the same, of
 * lost, late and doubled messages, and of a store that is full or does not answer.
 */
class CoordinatorSimulationTest {
    /** Seeds that failed once, one a line; they come first. */
    private static final Path KEPT = Path.of("src/test/resources/coordinator-seeds.txt");

    private static final int HISTORIES = Integer.getInteger("skein.histories", 10_000);
    private static final int FIRST = Integer.getInteger("skein.seed", 0);
    private static final int STEPS_OF_FAULTS = 820;
    private static final int STEPS = 1_000;
    private static final Size SIZE = new Size(2, 3, 60);
    private static final Logger log = (Logger) LoggerFactory.getLogger("dev.skein.coordinator");

    @BeforeAll
    static void quiet() {
        log.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        log.setLevel(null);
    }

    @Test
    void histories_that_failed_once_pass() throws IOException {
        assertThat(keptSeeds()).isNotEmpty().allSatisfy(seed -> live(seed, true));
    }

    @Test
    void after_any_history_every_placement_runs_exactly_once() {
        var steps = new LongAdder();
        LongStream.range(FIRST, FIRST + HISTORIES).parallel().forEach(seed -> steps.add(kept(seed)));

        assertThat(steps.sum()).isGreaterThanOrEqualTo((long) HISTORIES * STEPS);
    }

    @Test
    void a_seed_is_a_history() {
        LongStream.range(0, 20).forEach(seed -> assertThat(live(seed, true)).isEqualTo(live(seed, true)));
    }

    @Test
    void without_the_fence_of_the_store_some_history_fails() throws IOException {
        var seeds = keptSeeds();
        assertThatThrownBy(() -> seeds.forEach(seed -> live(seed, false)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed ");
    }

    @Test
    void twice_as_many_pipelines_as_workers_give_each_worker_two() {
        for (long seed = 0; seed < 50; seed++) {
            var world = new SimWorld(seed, new Size(1, 4, 100));
            world.calm(Duration.ofSeconds(12));
            while (world.state().placements().count() % 4 != 0
                    || world.state().placements().count() == 0) {
                world.deploy();
                world.calm(Duration.ofSeconds(2));
            }

            long each = world.state().placements().count() / 4;
            assertThat(world.state().takenWorkers().map(world.state()::takenOn))
                    .as("seed " + seed)
                    .allMatch(count -> count >= each - 4);
        }
    }

    @Test
    void with_too_little_room_what_fits_runs_and_the_rest_says_why() {
        var world = new SimWorld(7, new Size(1, 2, 1));
        world.calm(Duration.ofSeconds(12));
        IntStream.range(0, 3).forEach(i -> world.deploy());
        world.calm(Duration.ofSeconds(10));

        assertThat(world.state().placements().filter(Placement::isRunning)).hasSize(2);
        assertThat(world.state().placements().filter(placement -> !placement.isRunning()))
                .isNotEmpty()
                .allMatch(placement -> "no worker with free capacity".equals(placement.error()));
    }

    private static List<Long> keptSeeds() throws IOException {
        return Files.readAllLines(KEPT).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> Long.parseLong(line.split(" ")[0]))
                .toList();
    }

    private static long kept(long seed) {
        try {
            return live(seed, true).steps;
        } catch (AssertionError failed) {
            keep(seed, failed);
            throw failed;
        }
    }

    private static synchronized void keep(long seed, AssertionError failed) {
        try {
            var why = failed.getMessage().lines().findFirst().orElse("");
            Files.writeString(KEPT, seed + " " + why + "\n", StandardOpenOption.APPEND);
        } catch (IOException cannot) {
            failed.addSuppressed(cannot); // the message names the seed too
        }
    }

    private record Outcome(long steps, long fingerprint) {}

    private static Outcome live(long seed, boolean fenced) {
        try {
            var world = new SimWorld(seed, SIZE);
            if (!fenced) {
                world.dropFence();
            }
            while (world.steps() < STEPS_OF_FAULTS) {
                world.chaos();
            }
            world.calm(Duration.ofSeconds(150));
            world.oracle().checkEnd(world.state());
            return new Outcome(world.steps(), world.oracle().fingerprint());
        } catch (Throwable failed) {
            throw new AssertionError("seed " + seed + ": " + failed.getMessage(), failed);
        }
    }
}
