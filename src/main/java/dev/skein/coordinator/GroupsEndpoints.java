package dev.skein.coordinator;

import dev.skein.bus.Bus;
import dev.skein.coordinator.groups.Deployments;
import dev.skein.coordinator.groups.Updates;
import dev.skein.pipeline.Groups;
import io.vertx.core.Future;
import java.util.List;

/** Serves what the coordinator offers about groups. */
final class GroupsEndpoints {
    private final Deployments deployments;
    private final Updates updates;

    GroupsEndpoints(Deployments deployments, Updates updates) {
        this.deployments = deployments;
        this.updates = updates;
    }

    Future<?> mount(Bus bus) {
        return Future.all(List.of(
                bus.serve(Groups.DEPLOY, deployments::deploy).completion(),
                bus.serve(Groups.UPDATE, updates::update).completion(),
                bus.serve(Groups.PLAN, updates::plan).completion(),
                bus.serve(Groups.GET, deployments::get).completion(),
                bus.serve(Groups.LIST, deployments::list).completion(),
                bus.serve(Groups.DELETE, deployments::delete).completion()));
    }
}
