package dev.skein.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import dev.skein.pipeline.GroupSpec.RouteSpec;
import dev.skein.pipeline.Groups.Delete;
import dev.skein.pipeline.Groups.Get;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How groups are deployed, healed and deleted. */
class GroupLifeTest {
    private final Rig rig = new Rig();

    @Test
    void round_robin_goes_on_where_the_last_group_ended() {
        rig.register("w0");
        rig.register("w1");
        rig.register("w2");

        rig.deploy("a");
        rig.deploy("b", "c", "d");
        assertThat(rig.workersByName())
                .containsEntry("a", "w0")
                .containsEntry("b", "w1")
                .containsEntry("c", "w2")
                .containsEntry("d", "w0");
    }

    @Test
    void affinity_wins_while_its_worker_has_room() {
        rig.register("w0");
        rig.register("w1", "1", 1, List.of());
        rig.deployLater(new GroupSpec(
                "g",
                List.of(
                        new PipelineSpec("a", "ok", "w1", null, null),
                        new PipelineSpec("b", "ok", "w1", null, null),
                        new PipelineSpec("c", "ok", "nobody", null, null)),
                null,
                null));

        assertThat(rig.workersByName())
                .containsEntry("a", "w1")
                .containsEntry("b", "w0")
                .containsEntry("c", "w0");
    }

    @Test
    void least_loaded_counts_what_is_planned() {
        rig.register("w0");
        rig.deploy("a", "b");
        rig.register("w1");

        rig.deployLater(Rig.spec("least_loaded", "c", "d", "e"));
        assertThat(rig.workersByName())
                .containsEntry("c", "w1")
                .containsEntry("d", "w1")
                .containsEntry("e", "w0");
    }

    @Test
    void replicas_go_to_different_workers_where_possible() {
        rig.register("w0");
        rig.register("w1");
        rig.deploy("a");
        rig.deployLater(new GroupSpec("g", List.of(new PipelineSpec("p", "ok", null, 2, null)), null, null));

        assertThat(rig.placement("p#0").workerId())
                .isNotEqualTo(rig.placement("p#1").workerId());
    }

    @Test
    void without_a_ready_worker_nothing_is_deployed() {
        assertThatThrownBy(() -> rig.deploy("a"))
                .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.code()).isEqualTo("no_workers_available"));
        assertThat(rig.state().groups()).isEmpty();
    }

    @Test
    void a_bad_program_fails_with_its_position_before_any_worker_is_called_and_for_good() {
        rig.register("w0");
        var view = rig.deploy("good", "bad");
        rig.pass(Duration.ofSeconds(30), "w0");

        assertThat(view.status()).isEqualTo("partially_running");
        assertThat(view.placements().get(1).error()).isEqualTo("1:5 E001 unexpected word");
        assertThat(view.placements().get(1).diagnostics()).hasSize(1);
        assertThat(rig.workers.orders).containsExactly("deploy w0 good epoch 1");
    }

    @Test
    void an_unreachable_worker_is_the_reason_of_a_failure_that_is_tried_again_at_the_sweep() {
        rig.register("w0");
        rig.workers.down.add("w0");
        var view = rig.deploy("a");
        assertThat(view.status()).isEqualTo("failed");
        assertThat(view.placements().get(0).error()).isEqualTo("worker w0 unreachable: connection refused");
        assertThat(view.placements().get(0).pipelineId()).isEmpty();

        rig.workers.down.remove("w0");
        rig.pass(Duration.ofSeconds(5), "w0");
        assertThat(rig.placement("a").isRunning()).isTrue();
        assertThat(rig.placement("a").epoch()).isEqualTo(2);
    }

    @Test
    void what_found_no_room_is_placed_when_a_worker_becomes_ready() {
        rig.register("w0", "1", 1, List.of());
        rig.deploy("a", "b");
        assertThat(rig.placement("b").error()).isEqualTo("no worker with free capacity");

        rig.register("w1");
        assertThat(rig.placement("b").isRunning()).isTrue();
        assertThat(rig.placement("b").workerId()).isEqualTo("w1");
    }

    @Test
    void every_fault_of_a_spec_is_listed() {
        rig.register("w0");
        var spec = new GroupSpec(
                "",
                List.of(
                        new PipelineSpec("a", "ok", null, 65, null),
                        new PipelineSpec("a", "ok", null, null, null),
                        new PipelineSpec("_x", "ok", null, null, null)),
                List.of(
                        new RouteSpec("nobody", "a", List.of(), null),
                        new RouteSpec("_external", "b", List.of(""), null)),
                "anywhere");

        assertThatThrownBy(() -> Rig.answer(rig.deployLater(spec))).isInstanceOfSatisfying(Problem.class, p -> {
            assertThat(p.code()).isEqualTo("invalid_group");
            assertThat(p.details())
                    .containsExactly(
                            "name must be 1 to 128 characters without control characters",
                            "placement must be round_robin or least_loaded, got anywhere",
                            "replicas of a must be 1 to 64, got 65",
                            "pipeline name a is used twice",
                            "pipeline name must be 1 to 64 of A-Z a-z 0-9 . _ - and not begin with _, got _x",
                            "route nobody -> a: from_pipeline must be _external or a pipeline of the group",
                            "route nobody -> a: event_types must name at least one pattern",
                            "route _external -> b: to_pipeline is no pipeline of the group",
                            "route _external -> b: a pattern must not be empty");
        });
        assertThat(rig.state().groups()).isEmpty();
    }

    @Test
    void deleting_a_group_stops_its_copies_and_gives_back_their_places() {
        rig.register("w0");
        var view = rig.deploy("a", "b");
        var torn = Rig.answer(rig.plane.deployments().delete(new Delete(view.id(), Rig.CALLER)));

        assertThat(torn.pendingCleanup()).isEmpty();
        assertThat(rig.workers.on("w0")).isEmpty();
        assertThat(rig.state().groups()).isEmpty();
        assertThatThrownBy(() -> Rig.answer(rig.plane.deployments().get(new Get(view.id()))))
                .hasFieldOrPropertyWithValue("code", "group_not_found");
    }

    @Test
    void copies_that_could_not_be_reached_are_named_and_stopped_when_their_worker_returns() {
        rig.register("w0");
        var view = rig.deploy("a");
        rig.workers.down.add("w0");
        var torn = Rig.answer(rig.plane.deployments().delete(new Delete(view.id(), Rig.CALLER)));

        assertThat(torn.pendingCleanup()).containsExactly("w0/a");
        rig.workers.down.remove("w0");
        assertThat(rig.beat("w0", "1").stopPipelines()).hasSize(1);
        rig.pass(Duration.ofSeconds(5), "w0");
        assertThat(rig.workers.on("w0")).isEmpty();
        assertThat(rig.state().leftovers()).isEmpty();
    }

    @Test
    void a_group_whose_deletion_waits_for_a_worker_is_shown_as_torn_down() {
        rig.register("w0");
        var view = rig.deploy("a");
        rig.workers.silent.add("w0");
        rig.plane.deployments().delete(new Delete(view.id(), Rig.CALLER));

        assertThat(Rig.answer(rig.plane.deployments().get(new Get(view.id()))).status())
                .isEqualTo("torn_down");
    }

    @Test
    void a_restarted_coordinator_adopts_what_runs() {
        rig.register("w0");
        rig.deploy("a", "b");
        var before = rig.state();
        var later = new Rig(before);
        assertThat(later.status("w0")).isEqualTo("registering");
        later.plane.registry().heartbeat(later.heartbeat("w0", "1", rig.workers.on("w0"), List.of()));
        later.plane.sweep();

        assertThat(later.state()).isEqualTo(before);
        assertThat(later.status("w0")).isEqualTo("ready");
        assertThat(later.workers.orders).isEmpty();
    }

    @Test
    void a_restarted_coordinator_moves_what_was_on_a_worker_that_does_not_come_back() {
        rig.register("w0");
        rig.register("w1");
        rig.deploy("a", "b");
        var later = new Rig(rig.state());
        later.pass(Duration.ofSeconds(9), "w1");
        assertThat(later.placement("a").workerId()).isEqualTo("w0");

        later.pass(Duration.ofSeconds(1), "w1");
        assertThat(later.placement("a").workerId()).isEqualTo("w1");
    }
}
