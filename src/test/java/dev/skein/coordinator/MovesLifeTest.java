package dev.skein.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.coordinator.state.Placement;
import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import dev.skein.pipeline.Groups.PlanAsk;
import dev.skein.pipeline.Groups.Step;
import dev.skein.pipeline.Groups.Update;
import dev.skein.pipeline.Migrations.Cordon;
import dev.skein.pipeline.Migrations.Drain;
import dev.skein.pipeline.Migrations.Drained;
import dev.skein.pipeline.Migrations.Get;
import dev.skein.pipeline.Migrations.ListAll;
import dev.skein.pipeline.Migrations.Migrate;
import dev.skein.pipeline.Migrations.Rebalance;
import dev.skein.pipeline.Migrations.Rebalanced;
import dev.skein.pipeline.Migrations.View;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How pipelines move between workers, and how groups change in place. */
class MovesLifeTest {
    private final Rig rig = new Rig();

    private String groupId() {
        return rig.state().groups().keySet().iterator().next();
    }

    private View migrate(String pipeline, String target) {
        var order = new Migrate(groupId(), pipeline, target, Rig.CALLER);
        var id = Rig.answer(rig.plane.moves().migrate(order)).migrationId();
        return Rig.answer(rig.plane.moves().get(new Get(id)));
    }

    private Drained drain(String worker) {
        return Rig.answer(rig.plane.moves().drain(new Drain(worker, null, false, null, Rig.CALLER)));
    }

    private void cordon(String worker, boolean cordoned) {
        Rig.answer(rig.plane.moves().cordon(new Cordon(worker, cordoned, null, Rig.CALLER)));
    }

    private Rebalanced rebalance() {
        return Rig.answer(rig.plane.moves().rebalance(new Rebalance(Rig.CALLER)));
    }

    private static GroupSpec bound(@Nullable String worker, String... names) {
        var pipelines = Stream.of(names)
                .map(name -> new PipelineSpec(name, "ok", worker, null, null))
                .toList();
        return new GroupSpec("g", pipelines, null, null);
    }

    @Test
    void a_move_brings_the_old_copy_to_rest_before_the_new_one_is_shown_and_then_removes_it() {
        rig.register("w0");
        rig.deploy("a");
        rig.register("w1");
        rig.workers.orders.clear();

        assertThat(migrate("a", "w1").status()).isEqualTo("completed");
        assertThat(rig.workers.orders)
                .containsExactly("deploy w1 a epoch 2", "hold w0 w0-1", "restore w1 w1-2", "stop w0 w0-1");
        assertThat(rig.placement("a").workerId()).isEqualTo("w1");
        assertThat(rig.placement("a").epoch()).isEqualTo(2);
        assertThat(rig.placement("a").successorOf()).isEqualTo("w0-1");
        assertThat(rig.state().leftovers()).isEmpty();
    }

    @Test
    void when_the_target_fails_the_source_goes_on_and_the_next_move_takes_another_epoch() {
        rig.register("w0");
        rig.deploy("a");
        rig.register("w1");
        rig.workers.down.add("w1");

        assertThat(migrate("a", "w1").status()).startsWith("failed: ");
        assertThat(rig.placement("a").workerId()).isEqualTo("w0");
        assertThat(rig.placement("a").epoch()).isEqualTo(1);

        rig.workers.down.clear();
        assertThat(migrate("a", "w1").status()).isEqualTo("completed");
        assertThat(rig.placement("a").epoch()).isEqualTo(3);
    }

    @Test
    void a_copy_that_waits_for_a_move_that_is_over_is_released_when_it_says_so() {
        rig.register("w0");
        rig.deploy("a");
        rig.workers.orders.clear();
        var copy = rig.workers.on("w0").get(0);
        var waiting = new dev.skein.pipeline.Workers.Running(
                copy.pipelineId(), copy.groupId(), copy.pipelineName(), copy.epoch(), 2);
        rig.plane.registry().heartbeat(rig.heartbeat("w0", "1", List.of(waiting), List.of()));

        assertThat(rig.workers.orders).containsExactly("release w0 " + copy.pipelineId());
    }

    @Test
    void a_move_that_cannot_be_is_refused_with_its_code() {
        rig.register("w0");
        rig.register("w1", "1", 0, List.of());
        rig.deployLater(bound("w0", "a"));

        assertThatThrownBy(() -> migrate("a", "w0")).hasMessageContaining("already");
        assertThatThrownBy(() -> migrate("a", "w1")).hasMessageContaining("not ready or has no room");
        assertThatThrownBy(() -> migrate("a", "w7")).hasMessageContaining("no worker w7");
        assertThatThrownBy(() -> migrate("b", "w1")).hasMessageContaining("no pipeline b");
    }

    @Test
    void a_drained_worker_is_empty_stays_listed_and_takes_nothing_until_it_starts_anew() {
        rig.register("w0");
        rig.deployLater(bound("w0", "a", "b"));
        rig.register("w1");

        assertThat(drain("w0")).isEqualTo(new Drained("w0", 2, "drained", null));
        assertThat(drain("w0").pipelinesMigrated()).isZero();
        assertThat(rig.status("w0")).isEqualTo("draining");
        rig.deploy("c");
        assertThat(rig.workersByName()).containsValues("w1").doesNotContainValue("w0");

        rig.register("w0", "2", 100, List.of());
        assertThat(rig.status("w0")).isEqualTo("ready");
    }

    @Test
    void what_no_worker_can_take_stays_on_the_worker_that_is_drained() {
        rig.register("w0");
        rig.deploy("a", "b");
        rig.register("w1", "1", 1, List.of());

        var drained = drain("w0");
        assertThat(drained.status()).isEqualTo("draining");
        assertThat(drained.pipelinesMigrated()).isEqualTo(1);
        assertThat(drained.remaining()).containsExactly("b");
        assertThat(rig.state().placements()).allMatch(Placement::isRunning);
    }

    @Test
    void a_cordoned_worker_keeps_what_it_has_and_gets_nothing_new() {
        rig.register("w0");
        rig.deploy("a");
        rig.register("w1");
        cordon("w0", true);
        rig.deploy("b", "c");

        assertThat(rig.workersByName())
                .containsEntry("a", "w0")
                .containsEntry("b", "w1")
                .containsEntry("c", "w1");
        cordon("w0", false);
        rig.deploy("d");
        assertThat(rig.workersByName()).containsEntry("d", "w0");
    }

    @Test
    void rebalancing_moves_one_of_two_and_two_to_the_empty_worker_and_then_nothing() {
        rig.register("w0");
        rig.register("w1");
        rig.deploy("a", "b", "c", "d");
        rig.register("w2");

        assertThat(rebalance().migrationsStarted()).isEqualTo(1);
        assertThat(rig.state().takenOn("w2")).isEqualTo(1);
        assertThat(rebalance().migrationsStarted()).isZero();
    }

    @Test
    void a_pipeline_that_is_bound_to_its_worker_is_not_rebalanced() {
        rig.register("w0");
        rig.deployLater(bound("w0", "a", "b", "c"));
        rig.register("w1");

        assertThat(rebalance().migrationsStarted()).isZero();
    }

    @Test
    void load_is_evened_out_by_itself_once_no_more_workers_join() {
        rig.register("w0");
        rig.deploy("a", "b", "c", "d");
        rig.register("w1");
        rig.pass(Duration.ofSeconds(4), "w0", "w1");
        assertThat(rig.state().takenWorkers()).containsOnly("w0");

        rig.pass(Duration.ofSeconds(2), "w0", "w1");
        assertThat(rig.state().takenOn("w0")).isEqualTo(2);
        assertThat(rig.state().takenOn("w1")).isEqualTo(2);
    }

    @Test
    void a_lost_workers_moves_are_listed_as_failovers_and_forgotten_after_an_hour() {
        rig.register("w0");
        rig.deploy("a");
        rig.register("w1");
        rig.workers.down.add("w0");
        rig.pass(Duration.ofSeconds(15), "w1");

        var listed = Rig.answer(rig.plane.moves().list(new ListAll(10, 0)));
        assertThat(listed.migrations()).hasSize(1).allSatisfy(migration -> {
            assertThat(migration.reason()).isEqualTo("failover");
            assertThat(migration.status()).isEqualTo("completed");
        });
        rig.pass(Duration.ofMinutes(61), "w1");
        assertThat(Rig.answer(rig.plane.moves().list(new ListAll(10, 0))).total())
                .isZero();
    }

    @Test
    void an_update_adds_removes_and_changes_and_leaves_the_rest_alone() {
        rig.register("w0");
        rig.deploy("a", "b", "c");
        var untouched = rig.placement("a");
        rig.workers.orders.clear();
        var pipelines = List.of(
                new PipelineSpec("a", "ok", null, null, null),
                new PipelineSpec("b", "other", null, null, null),
                new PipelineSpec("d", "ok", null, null, null));
        var spec = new GroupSpec("g", pipelines, null, null);

        var plan = Rig.answer(rig.plane.updates().plan(new PlanAsk(groupId(), spec)));
        assertThat(plan.steps()).extracting(Step::action).containsExactly("keep", "change", "add", "remove");
        assertThat(rig.workers.orders).isEmpty();

        Rig.answer(rig.plane.updates().update(new Update(groupId(), spec, Rig.CALLER)));
        assertThat(rig.placement("a")).isSameAs(untouched);
        assertThat(rig.placement("b").epoch()).isEqualTo(2);
        assertThat(rig.workersByName()).containsOnlyKeys("a", "b", "d");
        assertThat(rig.workers.on("w0")).hasSize(3);
        assertThat(rig.state().placements()).allMatch(Placement::isRunning);
    }

    @Test
    void an_update_with_a_bad_program_changes_nothing() {
        rig.register("w0");
        rig.deploy("a");
        var before = rig.state();
        var update = new Update(groupId(), Rig.spec(null, "a", "bad"), Rig.CALLER);

        assertThatThrownBy(() -> Rig.answer(rig.plane.updates().update(update))).hasMessageContaining("E001");
        assertThat(rig.state()).isSameAs(before);
    }

    @Test
    void a_plan_says_why_a_worker_is_left_out() {
        rig.register("w0");
        rig.register("w1", "1", 0, List.of());
        rig.register("w2");
        cordon("w2", true);

        var plan = Rig.answer(rig.plane.updates().plan(new PlanAsk(null, Rig.spec("least_loaded", "a"))));
        assertThat(plan.steps().get(0).workerId()).isEqualTo("w0");
        assertThat(plan.steps().get(0).reasons())
                .containsExactly(
                        "w0 chosen: fewest pipelines, 0 of 100 pipelines before",
                        "w1 skipped: 0 of 0 pipelines",
                        "w2 skipped: it is cordoned");
        assertThat(rig.state().groups()).isEmpty();
    }

    @Test
    void copies_are_spread_over_the_values_of_a_label() {
        rig.register("w0", "zone=a");
        rig.register("w1", "zone=a");
        rig.register("w2", "zone=b");
        var pipelines = List.of(new PipelineSpec("p", "ok", null, 2, null), new PipelineSpec("q", "ok", null, 2, null));
        rig.deployLater(new GroupSpec("g", pipelines, null, "least_loaded", "zone"));

        assertThat(rig.workersByName().get("p#1")).isEqualTo("w2");
        assertThat(rig.workersByName().get("q#1")).isEqualTo("w2");
    }
}
