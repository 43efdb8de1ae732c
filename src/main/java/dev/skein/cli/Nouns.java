package dev.skein.cli;

import dev.skein.cli.alert.AlertCommand;
import dev.skein.cli.cluster.GroupCommand;
import dev.skein.cli.cluster.WorkerCommand;
import dev.skein.cli.connector.ConnectorCommand;
import dev.skein.cli.demo.DemoCommand;
import dev.skein.cli.editor.LspCommand;
import dev.skein.cli.job.JobCommand;
import dev.skein.cli.local.CompletionCommand;
import dev.skein.cli.local.ConfigCommand;
import dev.skein.cli.local.ContextCommand;
import dev.skein.cli.local.DoctorCommand;
import dev.skein.cli.local.LimitCommand;
import dev.skein.cli.local.TokenCommand;
import dev.skein.cli.local.VersionCommand;
import dev.skein.cli.moving.MigrationCommand;
import dev.skein.cli.moving.RebalanceCommand;
import dev.skein.cli.node.CoordinatorCommand;
import dev.skein.cli.node.NodeCommand;
import dev.skein.cli.node.ServerCommand;
import dev.skein.cli.remote.RemoteCommand;
import dev.skein.cli.review.ReviewCommand;
import dev.skein.cli.schedule.ScheduleCommand;
import dev.skein.cli.store.StoreCommand;
import dev.skein.cli.topology.TopologyCommand;
import dev.skein.cli.trust.AuditCommand;
import dev.skein.cli.trust.CertCommand;
import dev.skein.cli.workspace.SymbolCommand;
import dev.skein.cli.workspace.WorkspaceCommand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words that may come first. Only the class of the word in use is loaded, which keeps a command's start short. */
final class Nouns {
    /** In the order of the help. */
    static final List<String> ALL = List.of(
            "demo",
            "node",
            "worker",
            "remote",
            "group",
            "job",
            "schedule",
            "workspace",
            "symbol",
            "review",
            "migration",
            "rebalance",
            "topology",
            "alert",
            "connector",
            "store",
            "token",
            "cert",
            "audit",
            "config",
            "context",
            "doctor",
            "limit",
            "lsp",
            "coordinator",
            "server",
            "version",
            "completion",
            "help");

    private Nouns() {}

    /** The command of a word or of its other names; null when there is none. */
    static @Nullable Class<?> command(String word) {
        return switch (word) {
            case "node", "nodes" -> NodeCommand.class;
            case "worker", "workers" -> WorkerCommand.class;
            case "remote", "remotes" -> RemoteCommand.class;
            case "group", "groups", "pipeline", "pipelines" -> GroupCommand.class;
            case "job", "jobs" -> JobCommand.class;
            case "schedule", "schedules" -> ScheduleCommand.class;
            case "workspace", "workspaces" -> WorkspaceCommand.class;
            case "symbol", "symbols" -> SymbolCommand.class;
            case "review", "reviews" -> ReviewCommand.class;
            case "migration", "migrations" -> MigrationCommand.class;
            case "rebalance" -> RebalanceCommand.class;
            case "alert", "alerts" -> AlertCommand.class;
            case "connector", "connectors" -> ConnectorCommand.class;
            case "topology" -> TopologyCommand.class;
            case "coordinator" -> CoordinatorCommand.class;
            case "store" -> StoreCommand.class;
            case "token", "tokens" -> TokenCommand.class;
            case "cert", "certs" -> CertCommand.class;
            case "audit" -> AuditCommand.class;
            case "demo" -> DemoCommand.class;
            case "config" -> ConfigCommand.class;
            case "context", "contexts" -> ContextCommand.class;
            case "doctor" -> DoctorCommand.class;
            case "limit" -> LimitCommand.class;
            case "lsp" -> LspCommand.class;
            case "version" -> VersionCommand.class;
            case "completion" -> CompletionCommand.class;
            case "help" -> HelpCommand.class;
            case "server" -> ServerCommand.class;
            default -> null;
        };
    }
}
