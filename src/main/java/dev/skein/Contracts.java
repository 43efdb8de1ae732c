package dev.skein;

import dev.skein.bus.Contract;
import dev.skein.bus.seal.Joining;
import dev.skein.cluster.Reachability;
import dev.skein.coordinator.leader.Candidacy;
import dev.skein.index.feed.Feeds;
import dev.skein.index.feed.Spares;
import dev.skein.index.overlay.Documents;
import dev.skein.index.query.Code;
import dev.skein.index.query.CodeParts;
import dev.skein.index.query.Queries;
import dev.skein.index.workspace.Repositories;
import dev.skein.index.workspace.Workspaces;
import dev.skein.job.JobRuns;
import dev.skein.job.Jobs;
import dev.skein.job.NodeMemory;
import dev.skein.job.Remotes;
import dev.skein.job.Schedules;
import dev.skein.pipeline.Alerts;
import dev.skein.pipeline.Connectors;
import dev.skein.pipeline.Events;
import dev.skein.pipeline.Groups;
import dev.skein.pipeline.Hosting;
import dev.skein.pipeline.Migrations;
import dev.skein.pipeline.Observation;
import dev.skein.pipeline.Routing;
import dev.skein.pipeline.Workers;
import dev.skein.review.run.ReviewDetails;
import dev.skein.review.run.ReviewParts;
import dev.skein.review.run.Reviews;
import java.util.List;

/** Every address of the bus. A type that one node does not know looks like a timeout, so all nodes register all. */
public final class Contracts {
    public static final List<Contract> ALL = List.of(
            Workers.REGISTER,
            Workers.HEARTBEAT,
            Workers.LEAVE,
            Workers.DELETE,
            Workers.GET,
            Workers.LIST,
            Groups.DEPLOY,
            Groups.UPDATE,
            Groups.PLAN,
            Groups.GET,
            Groups.LIST,
            Groups.DELETE,
            Groups.GET_STORED,
            Groups.LIST_STORED,
            Workers.GET_STORED,
            Workers.LIST_STORED,
            Connectors.CREATE,
            Connectors.UPDATE,
            Connectors.GET,
            Connectors.LIST,
            Connectors.DELETE,
            Hosting.DEPLOY,
            Hosting.STOP,
            Hosting.LIST,
            Hosting.HOLD,
            Hosting.RELEASE,
            Hosting.RESTORE,
            Hosting.RECENT,
            Migrations.MIGRATE,
            Migrations.REBALANCE,
            Migrations.GET,
            Migrations.LIST,
            Migrations.DRAIN,
            Migrations.CORDON,
            Routing.TABLES,
            Routing.CHANGED,
            Observation.METRICS,
            Observation.SUMMARY,
            Observation.HEALTH,
            Observation.TOPOLOGY,
            Observation.SNAPSHOT,
            Observation.TIME,
            Alerts.LIST,
            Alerts.GET,
            Alerts.ACKNOWLEDGE,
            Alerts.SCALING,
            Alerts.HERE,
            Alerts.LEADERLESS,
            Alerts.REPORT,
            Observation.LEADER,
            Observation.LEADS,
            Events.INJECT,
            Events.INJECT_BATCH,
            Events.RECENT,
            Events.DELIVER,
            Events.REST,
            Jobs.SUBMIT,
            Jobs.SUBMIT_MANY,
            Jobs.GET,
            Jobs.LIST,
            Jobs.CANCEL,
            Jobs.RETRY,
            Jobs.PARK,
            Jobs.WHY,
            Jobs.STATS,
            Jobs.CLEAR,
            Jobs.LOGS,
            Jobs.RUNNERS,
            JobRuns.RUN,
            JobRuns.STOP,
            JobRuns.TAIL,
            JobRuns.REPORT,
            JobRuns.RENEW,
            NodeMemory.HERE,
            NodeMemory.ALL,
            NodeMemory.TRIM,
            Remotes.ADD,
            Remotes.REMOVE,
            Remotes.LIST,
            Schedules.PUT,
            Schedules.GET,
            Schedules.LIST,
            Schedules.DELETE,
            Schedules.PAUSE,
            Workspaces.CREATE,
            Workspaces.REGISTER,
            Workspaces.GET,
            Workspaces.LIST,
            Workspaces.REMOVE,
            Workspaces.ATLAS,
            Workspaces.CHANGED,
            Repositories.ADD,
            Repositories.FIND,
            Repositories.REFRESH,
            Repositories.DROP,
            Feeds.BEGIN,
            Feeds.PAGE,
            Feeds.FRAME,
            Feeds.END,
            Feeds.EDIT,
            Spares.KEPT,
            Spares.PART,
            Spares.TEXTS,
            Documents.PUT,
            Documents.CLOSE,
            Documents.MOVE,
            Documents.LOOK,
            Documents.RENEW,
            Documents.LIST,
            Documents.COPY,
            Documents.COPIES,
            Queries.SYMBOLS,
            Queries.OUTLINE,
            Queries.STATUS,
            Queries.SEARCH,
            Queries.LOOK,
            Queries.STATUS_OF,
            Code.DEFINITION,
            Code.HOVER,
            Code.REFERENCES,
            Code.IMPLEMENTATIONS,
            Code.HIERARCHY,
            Code.DIAGNOSTICS,
            Code.CALLED_OFF,
            CodeParts.MEANING,
            CodeParts.USES,
            CodeParts.BELOW,
            CodeParts.ABOVE,
            CodeParts.OVERRIDING,
            CodeParts.DESCRIBE,
            CodeParts.CARDS,
            CodeParts.CHECK,
            Reviews.CREATE,
            Reviews.IMPORT,
            Reviews.RESULT,
            Reviews.SKIPPED,
            Reviews.GET,
            Reviews.LIST,
            Reviews.TASKS,
            Reviews.FINDINGS,
            Reviews.DISMISS,
            Reviews.RETRY,
            Reviews.CANCEL,
            Reviews.PRIORITIZE,
            ReviewDetails.PROGRESS,
            ReviewDetails.ESTIMATE,
            ReviewDetails.EXCERPT,
            ReviewDetails.FILE,
            ReviewParts.REGISTER,
            ReviewParts.ADD,
            ReviewParts.UNITS,
            ReviewParts.READ,
            ReviewParts.PART,
            ReviewParts.SEAL,
            Candidacy.WHO,
            Reachability.CALL_BACK,
            Reachability.PING,
            Joining.PROVE);

    private Contracts() {}
}
