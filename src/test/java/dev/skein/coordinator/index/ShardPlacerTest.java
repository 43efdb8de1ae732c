package dev.skein.coordinator.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.coordinator.index.ShardPlacer.Move;
import dev.skein.coordinator.index.Workspace.Placed;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ShardPlacerTest {
    private static Workspace workspace(Map<String, Placed> shards) {
        return new Workspace("w", "app", "/srv/app", "node", List.of(), new TreeMap<>(shards));
    }

    private static Placed of(long bytes, String worker) {
        return new Placed(1, bytes, worker, worker == null ? 0 : 4);
    }

    private static Map<String, String> moves(List<Move> moves) {
        return moves.stream().collect(Collectors.toMap(Move::shard, Move::worker));
    }

    @Test
    void new_shards_go_by_size_to_whoever_has_least() {
        var fresh = workspace(Map.of("a", of(10, null), "b", of(7, null), "c", of(5, null), "d", of(1, null)));

        var moves = ShardPlacer.plan(List.of(fresh), List.of("w0", "w1"), gone -> false);

        assertThat(moves(moves)).isEqualTo(Map.of("a", "w0", "b", "w1", "c", "w1", "d", "w0"));
    }

    @Test
    void only_the_shards_of_a_worker_that_is_gone_move() {
        var placed = workspace(Map.of("a", of(10, "w0"), "b", of(7, "w1"), "c", of(5, "w1")));

        var moves = ShardPlacer.plan(List.of(placed), List.of("w0", "w2"), "w1"::equals);

        assertThat(moves(moves)).isEqualTo(Map.of("b", "w2", "c", "w2"));
    }

    @Test
    void a_worker_without_a_shard_gets_one_from_whoever_has_most() {
        var placed = workspace(Map.of("a", of(10, "w0"), "b", of(7, "w0"), "c", of(5, "w0")));

        var moves = ShardPlacer.plan(List.of(placed), List.of("w0", "w1"), gone -> false);

        assertThat(moves(moves)).isEqualTo(Map.of("a", "w1"));
    }

    @Test
    void nothing_moves_where_nobody_can_take_it_or_nobody_needs_it() {
        var placed = workspace(Map.of("a", of(10, "w0"), "b", of(1, "w1")));

        assertThat(ShardPlacer.plan(List.of(placed), List.of(), gone -> true)).isEmpty();
        assertThat(ShardPlacer.plan(List.of(placed), List.of("w0", "w1"), gone -> false))
                .isEmpty();
    }

    @Test
    void a_shard_goes_to_the_worker_that_has_a_copy_and_the_one_before_has_one_then() {
        var placed = workspace(Map.of("a", of(10, "w0").sparedBy("w2"), "b", of(90, "w2")));

        var moves = ShardPlacer.plan(List.of(placed), List.of("w1", "w2"), "w0"::equals);

        assertThat(moves(moves)).isEqualTo(Map.of("a", "w2"));
        assertThat(moves.get(0).placed().spare()).isEqualTo("w0");
        assertThat(of(1, "w0").sparedBy("w1").on("w0").spare()).isEqualTo("w1");
    }

    private static Map<String, String> spares(Workspace of, List<String> takers, String gone) {
        return SparePlacer.plan(List.of(of), takers, gone::equals).stream()
                .collect(Collectors.toMap(SparePlacer.Spare::shard, SparePlacer.Spare::worker));
    }

    @Test
    void copies_are_shared_out_by_size_and_never_made_by_the_owner() {
        var placed = workspace(Map.of("a", of(10, "w0"), "b", of(7, "w0"), "c", of(1, "w1"), "d", of(1, null)));

        assertThat(spares(placed, List.of("w0", "w1", "w2"), "")).isEqualTo(Map.of("a", "w1", "b", "w2", "c", "w0"));
        assertThat(spares(placed, List.of("w0"), "")).isEqualTo(Map.of("c", "w0"));
    }

    @Test
    void a_copy_stays_where_it_is_unless_its_worker_is_gone_and_another_can_make_one() {
        var placed = workspace(Map.of("a", of(10, "w0").sparedBy("w1")));

        assertThat(spares(placed, List.of("w0", "w1", "w2"), "")).isEmpty();
        assertThat(spares(placed, List.of("w0"), "w1")).isEmpty();
        assertThat(spares(placed, List.of("w0", "w2"), "w1")).isEqualTo(Map.of("a", "w2"));
    }

    /** Workers come and go; afterwards every shard is with somebody who is there, and then nothing moves any more. */
    @Test
    void it_comes_to_rest_with_every_shard_at_home() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var workers = List.of("w0", "w1", "w2", "w3").subList(0, 1 + random.nextInt(4));
            var shards = new TreeMap<String, Placed>();
            for (int i = 0; i < random.nextInt(12); i++) {
                var worker = random.nextBoolean() ? null : "w" + random.nextInt(6);
                shards.put("s" + i, of(random.nextInt(100), worker));
            }
            var settled = settle(workspace(shards), workers, seed);

            assertThat(settled.shards().values())
                    .as("seed %d", seed)
                    .allSatisfy(placed -> assertThat(workers).contains(placed.worker()));
        }
    }

    private static Workspace settle(Workspace begin, List<String> workers, long seed) {
        var there = Set.copyOf(workers);
        var workspace = begin;
        for (int round = 0; round < 20; round++) {
            var moves = ShardPlacer.plan(List.of(workspace), workers, worker -> !there.contains(worker));
            if (moves.isEmpty()) {
                return workspace;
            }
            for (var move : moves) {
                var placed = workspace.shards().get(move.shard());
                workspace = workspace.with(move.shard(), placed.on(move.worker()));
            }
        }
        throw new AssertionError("seed " + seed + " never comes to rest");
    }
}
