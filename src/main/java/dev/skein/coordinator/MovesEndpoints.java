package dev.skein.coordinator;

import dev.skein.bus.Bus;
import dev.skein.coordinator.moves.Moves;
import dev.skein.pipeline.Migrations;
import io.vertx.core.Future;
import java.util.List;

/** Serves what the coordinator offers about pipelines that move. */
final class MovesEndpoints {
    private final Moves moves;

    MovesEndpoints(Moves moves) {
        this.moves = moves;
    }

    Future<?> mount(Bus bus) {
        return Future.all(List.of(
                bus.serve(Migrations.MIGRATE, moves::migrate).completion(),
                bus.serve(Migrations.REBALANCE, moves::rebalance).completion(),
                bus.serve(Migrations.GET, moves::get).completion(),
                bus.serve(Migrations.LIST, moves::list).completion(),
                bus.serve(Migrations.DRAIN, moves::drain).completion(),
                bus.serve(Migrations.CORDON, moves::cordon).completion()));
    }
}
