package dev.skein.coordinator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.coordinator.state.Placement;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Whole histories of crashes, restarts, lost answers, late and doubled messages and a full disk. */
class CoordinatorSimulationTest {
    private static final int HISTORIES = Integer.getInteger("skein.histories", 1_000);
    private static final int STEPS = 120;

    @Test
    void after_any_history_every_placement_runs_exactly_once() {
        LongStream.range(0, HISTORIES).parallel().forEach(CoordinatorSimulationTest::live);
    }

    @Test
    void twice_as_many_pipelines_as_workers_give_each_worker_two() {
        for (long seed = 0; seed < 50; seed++) {
            var world = new SimWorld(seed, 4, 100);
            world.calm(Duration.ofSeconds(2));
            while (world.state().placements().count() % 4 != 0
                    || world.state().placements().count() == 0) {
                world.deploy();
                world.calm(Duration.ofSeconds(2));
            }

            long each = world.state().placements().count() / 4;
            assertThat(world.state().places().values()).as("seed " + seed).allMatch(count -> count >= each - 4);
        }
    }

    @Test
    void with_too_little_room_what_fits_runs_and_the_rest_says_why() {
        var world = new SimWorld(7, 2, 1);
        world.calm(Duration.ofSeconds(2));
        IntStream.range(0, 3).forEach(i -> world.deploy());
        world.calm(Duration.ofSeconds(10));

        assertThat(world.state().placements().filter(Placement::isRunning)).hasSize(2);
        assertThat(world.state().placements().filter(placement -> !placement.isRunning()))
                .isNotEmpty()
                .allMatch(placement -> "no worker with free capacity".equals(placement.error()));
    }

    private static void live(long seed) {
        try {
            var world = new SimWorld(seed, 3, 200);
            for (int i = 0; i < STEPS; i++) {
                world.chaos();
            }
            world.calm(Duration.ofSeconds(40));
            world.checkEnd();
        } catch (Throwable failed) {
            throw new AssertionError("seed " + seed + ": " + failed.getMessage(), failed);
        }
    }
}
