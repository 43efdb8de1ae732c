package dev.skein.pipeline;

import dev.skein.bus.Endpoint;
import dev.skein.pipeline.Workers.Caller;
import dev.skein.pipeline.vpl.Diagnostic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the coordinator offers about pipeline groups. All served by the leading coordinator, wherever it is. */
public final class Groups {
    public record Deploy(GroupSpec spec, Caller caller) {}

    /** Make a group what the spec says; pipelines that stay the same are not touched. */
    public record Update(String groupId, GroupSpec spec, Caller caller) {}

    /** @param groupId the group that would be updated; absent for one that would be new */
    public record PlanAsk(@Nullable String groupId, GroupSpec spec) {}

    /**
     * What would happen to one placement.
     *
     * @param action {@code add keep change remove}
     * @param workerId where it would be; empty when no worker can take it
     * @param reasons why there and not elsewhere, a sentence each
     */
    public record Step(String pipelineName, String action, String workerId, List<String> reasons) {
        public Step {
            reasons = List.copyOf(reasons);
        }
    }

    /** Nothing was done. */
    public record Plan(String name, List<Step> steps, int add, int keep, int change, int remove) {
        public Plan {
            steps = List.copyOf(steps);
        }
    }

    public record Get(String groupId) {}

    public record ListAll(int limit, int offset) {}

    public record Delete(String groupId, Caller caller) {}

    /**
     * One copy of one pipeline.
     *
     * @param workerId empty when it has no worker
     * @param pipelineId its id on that worker, empty when it is not deployed
     * @param status {@code Deploying}, {@code Running}, {@code Failed} or {@code Stopped}
     * @param error why it is not running, whenever it failed
     */
    public record Placement(
            String pipelineName,
            String workerId,
            String workerAddress,
            String pipelineId,
            String status,
            long epoch,
            @Nullable String error,
            @Nullable List<Diagnostic> diagnostics,
            @Nullable List<Diagnostic> warnings) {}

    /**
     * A group as the API shows it.
     *
     * @param status {@code deploying running partially_running failed torn_down}
     * @param placements in the order of the spec, then by replica
     * @param sources program by pipeline; absent in lists
     */
    public record View(
            String id,
            String name,
            String status,
            int pipelineCount,
            List<Placement> placements,
            Instant createdAt,
            @Nullable Map<String, String> sources) {}

    /** One page by creation time and id, and how many there are in all. */
    public record Listed(List<View> pipelineGroups, int total) {}

    /** Copies that could not be reached are stopped when their worker returns. */
    public record TornDown(boolean tornDown, List<String> pendingCleanup) {}

    /**
     * Answers when every placement is running or has failed, at the latest after 60 s. Fails with 400 {@code
     * invalid_group} and all faults, 503 {@code no_workers_available}, 507 {@code storage_full}.
     */
    public static final Endpoint<Deploy, View> DEPLOY = new Endpoint<>("group.deploy.v1", Deploy.class, View.class);

    /** As {@link #DEPLOY}; a program with errors is refused as {@code invalid_group}, and the group stays as it is. */
    public static final Endpoint<Update, View> UPDATE = new Endpoint<>("group.update.v1", Update.class, View.class);

    /** Fails with 400 {@code invalid_group}, 404 {@code group_not_found}. */
    public static final Endpoint<PlanAsk, Plan> PLAN = new Endpoint<>("group.plan.v1", PlanAsk.class, Plan.class);

    /** Fails with 404 {@code group_not_found}. */
    public static final Endpoint<Get, View> GET = new Endpoint<>("group.get.v1", Get.class, View.class);

    public static final Endpoint<ListAll, Listed> LIST = new Endpoint<>("group.list.v1", ListAll.class, Listed.class);

    /** Fails with 404 {@code group_not_found}. */

    /** Served by every coordinator that shares its store, leading or not, as the store has it. */
    public static final Endpoint<Get, View> GET_STORED = new Endpoint<>("group.get-stored.v1", Get.class, View.class);

    /** Likewise. */
    public static final Endpoint<ListAll, Listed> LIST_STORED =
            new Endpoint<>("group.list-stored.v1", ListAll.class, Listed.class);

    public static final Endpoint<Delete, TornDown> DELETE =
            new Endpoint<>("group.delete.v1", Delete.class, TornDown.class);

    private Groups() {}
}
