package dev.skein.coordinator.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.config.Secret;
import dev.skein.coordinator.state.ClusterState;
import dev.skein.coordinator.state.Group;
import dev.skein.coordinator.state.Placement;
import dev.skein.coordinator.state.PlacementId;
import dev.skein.coordinator.state.Worker;
import dev.skein.pipeline.GroupSpec;
import dev.skein.pipeline.GroupSpec.PipelineSpec;
import dev.skein.pipeline.Routing.Since;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutingTablesTest {
    private static final ClusterState NOTHING = ClusterState.EMPTY;
    private static final ClusterState ONE = NOTHING.with(worker("http://a")).with(group("g1", "p-1"));
    private static final ClusterState TWO = ONE.with(group("g2", "p-2"));

    private final List<Long> announced = new ArrayList<>();
    private final RoutingTables tables = new RoutingTables("life", NOTHING, announced::add);

    @Test
    void who_knows_nothing_of_this_life_gets_everything() {
        tables.committed(NOTHING, TWO);

        var answer = tables.since(new Since("another life", 99));
        assertThat(answer.full()).isTrue();
        assertThat(answer.changed()).extracting(table -> table.groupId()).containsExactly("g1", "g2");
    }

    @Test
    void who_is_behind_gets_only_what_changed() {
        tables.committed(NOTHING, ONE);
        long known = tables.since(new Since("", 0)).version();
        tables.committed(ONE, TWO);

        var answer = tables.since(new Since("life", known));
        assertThat(answer.full()).isFalse();
        assertThat(answer.changed()).extracting(table -> table.groupId()).containsExactly("g2");
        assertThat(tables.since(new Since("life", answer.version())).changed()).isEmpty();
    }

    @Test
    void a_removed_group_is_named_and_a_group_that_is_being_deleted_is_removed() {
        tables.committed(NOTHING, TWO);
        long known = tables.since(new Since("", 0)).version();
        var deleting = TWO.with(TWO.groups().get("g1").deletion());
        tables.committed(TWO, deleting);

        assertThat(tables.since(new Since("life", known)).removedGroups()).containsExactly("g1");
    }

    @Test
    void a_worker_that_moves_changes_the_tables_of_what_it_hosts() {
        tables.committed(NOTHING, TWO);
        tables.committed(TWO, TWO.with(worker("http://b")));

        var target = tables.since(new Since("", 0))
                .changed()
                .get(0)
                .destinations()
                .get(0)
                .targets()
                .get(0);
        assertThat(target.address()).isEqualTo("http://b");
        assertThat(announced).hasSize(2);
    }

    @Test
    void what_routers_need_not_know_is_not_announced() {
        tables.committed(NOTHING, TWO);
        tables.committed(TWO, TWO.withLastChosen("w0"));
        tables.committed(TWO, TWO.with(worker("http://a").draining()));

        assertThat(announced).hasSize(1);
    }

    private static Worker worker(String address) {
        return new Worker(
                "w0",
                address,
                new Secret("k"),
                1,
                10,
                "1",
                "w0@1",
                List.of(),
                List.of(),
                Worker.State.ACTIVE,
                Instant.EPOCH,
                null);
    }

    private static Group group(String id, String pipelineId) {
        var spec = new GroupSpec("g", List.of(new PipelineSpec("p", "", null, null, null)), null, null);
        var placement = Placement.wanted(new PlacementId(id, "p"), "p", List.of())
                .assigned("w0")
                .running(pipelineId, List.of());
        return new Group(id, spec, Instant.EPOCH, false, List.of(placement));
    }
}
