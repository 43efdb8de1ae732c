package dev.skein;

import dev.skein.audit.Audit;
import dev.skein.audit.AuditConfig;
import dev.skein.audit.Deed;
import dev.skein.bus.NodeAddress;
import dev.skein.bus.seal.JoinKeys;
import dev.skein.cluster.ClusterConfig;
import dev.skein.config.Secret;
import dev.skein.config.SecretFile;
import dev.skein.config.Settings;
import dev.skein.config.SettingsException;
import dev.skein.config.Sources;
import dev.skein.connector.ConnectorConfig;
import dev.skein.coordinator.CoordinatorConfig;
import dev.skein.coordinator.alert.AlertConfig;
import dev.skein.coordinator.job.JobsConfig;
import dev.skein.coordinator.leader.LeaderConfig;
import dev.skein.coordinator.remote.RemoteConfig;
import dev.skein.coordinator.review.ReviewRunsConfig;
import dev.skein.git.GitConfig;
import dev.skein.http.HttpConfig;
import dev.skein.http.OwnNames;
import dev.skein.http.live.LiveConfig;
import dev.skein.index.IndexConfig;
import dev.skein.job.host.HostConfig;
import dev.skein.memory.MemoryConfig;
import dev.skein.review.engine.ReviewEnginesConfig;
import dev.skein.router.RouterConfig;
import dev.skein.router.review.copy.ReviewCopiesConfig;
import dev.skein.store.StoreConfig;
import dev.skein.tls.TlsConfig;
import dev.skein.worker.VplConfig;
import dev.skein.worker.WorkerConfig;
import dev.skein.worker.agent.Agent;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Every config record of a node, read from one set of settings. */
record NodeSettings(
        Settings settings,
        NodeConfig node,
        ClusterConfig cluster,
        TlsConfig busTls,
        AuditConfig audit,
        StoreConfig store,
        CoordinatorConfig coordinator,
        JobsConfig jobs,
        LeaderConfig leader,
        RouterConfig router,
        WorkerConfig worker,
        VplConfig vpl,
        ConnectorConfig connector,
        AlertConfig alert,
        RemoteConfig remote,
        MemoryConfig memory,
        HostConfig jobHost,
        IndexConfig index,
        GitConfig git,
        ReviewEnginesConfig reviewEngines,
        ReviewRunsConfig reviewRuns,
        ReviewCopiesConfig reviewCopies,
        HttpConfig http,
        LiveConfig live) {
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("VARPULIS_API_KEY", "http.api-key"),
            Map.entry("VARPULIS_COORDINATOR", "worker.coordinator"),
            Map.entry("VARPULIS_WORKER_ID", "worker.id"),
            Map.entry("WORKER_NODES", "remote.workers"),
            Map.entry("SKEIN_DATA_DIR", "node.data-dir"),
            Map.entry("SKEIN_MEMORY_BUDGET_TOTAL", "memory.total_bytes"),
            Map.entry("SKEIN_MEMORY_BUDGET_QUERY_CACHE", "memory.query_cache_bytes"),
            Map.entry("SKEIN_MEMORY_BUDGET_SYNTAX_TREES", "memory.syntax_trees_bytes"),
            Map.entry("SKEIN_MEMORY_BUDGET_INDEXES", "memory.indexes_bytes"),
            Map.entry("SKEIN_MEMORY_BUDGET_TYPE_INFO", "memory.type_info_bytes"),
            Map.entry("SKEIN_MEMORY_BUDGET_OTHER", "memory.other_bytes"));

    /** Variables that other parts of the product read: the client's, the launcher's and the log's. */
    private static final Set<String> NOT_SETTINGS = Set.of(
            "SKEIN_DATA_DIR",
            "SKEIN_API_KEY",
            "SKEIN_TOKEN",
            "SKEIN_TOKEN_FILE",
            "SKEIN_ENDPOINT",
            "SKEIN_CONTEXT",
            "SKEIN_CONFIG",
            "SKEIN_JAVA_OPTS",
            "SKEIN_LOG_LEVEL",
            "SKEIN_LIMIT_SLOT",
            "SKEIN_LIMIT_TOKEN",
            "SKEIN_MEMORY_BUDGET_TOTAL",
            "SKEIN_MEMORY_BUDGET_QUERY_CACHE",
            "SKEIN_MEMORY_BUDGET_SYNTAX_TREES",
            "SKEIN_MEMORY_BUDGET_INDEXES",
            "SKEIN_MEMORY_BUDGET_TYPE_INFO",
            "SKEIN_MEMORY_BUDGET_OTHER");

    /** Reads every key; faults are noted in the settings, see {@link #requireSound}. */
    static NodeSettings of(Settings settings) {
        return new NodeSettings(
                settings,
                NodeConfig.from(settings),
                ClusterConfig.from(settings),
                TlsConfig.mutual(settings, "bus.tls"),
                AuditConfig.from(settings),
                StoreConfig.from(settings),
                CoordinatorConfig.from(settings),
                JobsConfig.from(settings),
                LeaderConfig.from(settings),
                RouterConfig.from(settings),
                WorkerConfig.from(settings),
                VplConfig.from(settings),
                ConnectorConfig.from(settings),
                AlertConfig.from(settings),
                RemoteConfig.from(settings),
                MemoryConfig.from(settings),
                HostConfig.from(settings)
                        .offering(ReviewEnginesConfig.from(settings).offers()),
                IndexConfig.from(settings),
                GitConfig.from(settings),
                ReviewEnginesConfig.from(settings),
                ReviewRunsConfig.from(settings),
                ReviewCopiesConfig.from(settings),
                HttpConfig.from(settings),
                LiveConfig.from(settings));
    }

    /**
     * Reads file, environment and flags, the later ones winning.
     *
     * @param configuration path of a file or inline JSON; null when there is none
     */
    static NodeSettings read(
            @Nullable String configuration, Map<String, String> environment, Map<String, String> flags) {
        var sources = new Sources();
        if (configuration != null) {
            sources.configuration(configuration);
        }
        var known = of(new Settings(Map.of())).settings.defaults().keySet();
        return of(sources.environment(environment, known, ALIASES, NOT_SETTINGS)
                .flags(flags)
                .settings());
    }

    /** A server without a coordinator is a full single server of its own. */
    boolean standsAlone() {
        return !cluster.enabled() && !node.has("coordinator") && worker.coordinator() == null;
    }

    /** Whether there is a leader and it is on the bus, and not known by REST alone. */
    boolean asksLeader() {
        return !standsAlone() && worker.coordinator() == null;
    }

    /** Fails with every fault at once. */
    NodeSettings requireSound() {
        settings.requireSound();
        return this;
    }

    /** What others must send to this node's worker endpoints; empty means nothing. */
    String workerKey() {
        var key = worker.apiKey() != null ? worker.apiKey() : settings.secret("http.api-key");
        return key == null ? "" : key.reveal();
    }

    /** What admits workers by REST: the keys for that, or else those of the cluster. */
    List<Secret> joinKeys() {
        var given = settings.secret(joinKeyName());
        return given == null ? List.of() : each(given);
    }

    private static List<Secret> each(Secret given) {
        return JoinKeys.texts(given).map(Secret::new).toList();
    }

    private String joinKeyName() {
        return http.joinKey() != null ? "http.join-key" : "cluster.join-key";
    }

    /** Under which names others mean this node, whose edge listens on a port. */
    OwnNames names(IntSupplier port) {
        return new OwnNames(http, worker.advertise(), port);
    }

    /** To be called now and then: looks at the file of the keys that admit workers by REST, if there is one. */
    Runnable followJoinKeys(Consumer<List<Secret>> listener, Audit audit) {
        var name = joinKeyName();
        return follow(name, given -> {
            boolean isNone = name.equals("cluster.join-key")
                    ? JoinKeys.of(name, given).isEmpty()
                    : each(given).isEmpty();
            if (isNone) {
                throw new IllegalArgumentException(name + " cannot go while the node runs");
            }
            listener.accept(each(given));
            audit.note(new Deed("node", "system", "join-key.reload", "workers by REST", "ok", "", "", ""));
        });
    }

    /** To be called now and then: looks at the file of the keys that the nodes share, if there is one. */
    Runnable followClusterKeys(Audit audit) {
        return follow("cluster.join-key", given -> {
            cluster.joinKeys().replace("cluster.join-key", given);
            audit.note(new Deed("node", "system", "join-key.reload", "cluster", "ok", "", "", ""));
        });
    }

    private Runnable follow(String key, Consumer<Secret> listener) {
        var file = settings.optional(key + "-file");
        var first = file == null ? null : settings.secret(key);
        return file == null || first == null ? () -> {} : new SecretFile(key, Path.of(file), first, listener)::look;
    }

    /**
     * What a worker says of itself; null when there is nobody to tell.
     *
     * @param port of its HTTP endpoints
     */
    Agent.@Nullable Identity identity(NodeAddress here, int port) {
        if (standsAlone()) {
            return null;
        }
        return new Agent.Identity(
                node.id(),
                advertised(port),
                workerKey(),
                asksLeader() ? here.toString() : null,
                node.verticles(),
                worker.labels(),
                worker.maxPipelines());
    }

    /** Where the coordinator reaches this node's HTTP endpoints, which listen on {@code port}. */
    String advertised(int port) {
        var given = worker.advertise();
        if (given != null) {
            return given;
        }
        return (http.tls().isOn() ? "https://" : "http://") + advertisedHost(http.host()) + ":" + port;
    }

    private static String advertisedHost(String bound) {
        if (bound.startsWith("127.") || bound.equals("localhost") || bound.equals("::1")) {
            return "localhost";
        }
        return bound.equals("0.0.0.0") || bound.equals("::") ? hostName() : bound;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            throw new SettingsException(
                    List.of("worker.advertise must be given, since this machine does not know its own name"));
        }
    }
}
