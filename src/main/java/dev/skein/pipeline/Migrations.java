package dev.skein.pipeline;

import dev.skein.bus.Endpoint;
import dev.skein.pipeline.Workers.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the coordinator offers about pipelines that move between workers. All served by the leading coordinator. */
public final class Migrations {
    /** @param pipeline name of the placement, {@code p} or {@code p#2} */
    public record Migrate(String groupId, String pipeline, String targetWorkerId, Caller caller) {}

    /** It goes on after the answer. */
    public record Started(String migrationId, String pipeline, String groupId, String status) {}

    public record Rebalance(Caller caller) {}

    public record Rebalanced(int migrationsStarted, List<String> migrationIds) {}

    /**
     * Move everything off a worker and give it nothing new.
     *
     * @param timeoutSecs how long to wait for that; absent means the coordinator's default
     * @param force whether what does not come to rest in time is deployed elsewhere without what it had come to
     * @param reason for the audit
     */
    public record Drain(
            String workerId,
            @Nullable Integer timeoutSecs,
            boolean force,
            @Nullable String reason,
            Caller caller) {}

    /**
     * What came of it.
     *
     * @param status {@code drained}, or {@code draining} when some pipelines are still there
     * @param remaining their names; absent when drained
     */
    public record Drained(
            String workerId,
            int pipelinesMigrated,
            String status,
            @Nullable List<String> remaining) {}

    /** @param cordoned whether it shall get nothing new from now on */
    public record Cordon(
            String workerId, boolean cordoned, @Nullable String reason, Caller caller) {}

    public record Cordoned(String workerId, boolean cordoned) {}

    public record Get(String migrationId) {}

    public record ListAll(int limit, int offset) {}

    /**
     * A migration as the API shows it.
     *
     * @param status {@code checkpointing deploying restoring switching cleaning_up completed} or {@code failed: …}
     * @param reason {@code failover rebalance drain manual}
     */
    public record View(
            String id,
            String pipelineName,
            String groupId,
            String sourceWorker,
            String targetWorker,
            String status,
            String reason,
            long elapsedMs,
            boolean stateMoved) {}

    /** One page by beginning and id, and how many there are in all. */
    public record Listed(List<View> migrations, int total) {}

    /**
     * Fails with 400 {@code invalid_request} when it is there already, 404 {@code group_not_found}, {@code
     * pipeline_not_found}, {@code worker_not_found}, 409 {@code target_unavailable}.
     */
    public static final Endpoint<Migrate, Started> MIGRATE =
            new Endpoint<>("migration.start.v1", Migrate.class, Started.class);

    public static final Endpoint<Rebalance, Rebalanced> REBALANCE =
            new Endpoint<>("migration.rebalance.v1", Rebalance.class, Rebalanced.class);

    /** Fails with 404 {@code migration_not_found}. */
    public static final Endpoint<Get, View> GET = new Endpoint<>("migration.get.v1", Get.class, View.class);

    public static final Endpoint<ListAll, Listed> LIST =
            new Endpoint<>("migration.list.v1", ListAll.class, Listed.class);

    /** Answers when it is done or its time is over. Fails with 404 {@code worker_not_found}. */
    public static final Endpoint<Drain, Drained> DRAIN = new Endpoint<>("worker.drain.v1", Drain.class, Drained.class);

    /** Fails with 404 {@code worker_not_found}. */
    public static final Endpoint<Cordon, Cordoned> CORDON =
            new Endpoint<>("worker.cordon.v1", Cordon.class, Cordoned.class);

    private Migrations() {}
}
