package dev.skein.coordinator;

import dev.skein.bus.Bus;
import dev.skein.coordinator.groups.Deployments;
import dev.skein.pipeline.Groups;
import io.vertx.core.Future;

/** Serves what the coordinator offers about groups. */
final class GroupsEndpoints {
    private final Deployments deployments;

    GroupsEndpoints(Deployments deployments) {
        this.deployments = deployments;
    }

    Future<?> mount(Bus bus) {
        return Future.all(
                bus.serve(Groups.DEPLOY, deployments::deploy).completion(),
                bus.serve(Groups.GET, deployments::get).completion(),
                bus.serve(Groups.LIST, deployments::list).completion(),
                bus.serve(Groups.DELETE, deployments::delete).completion());
    }
}
