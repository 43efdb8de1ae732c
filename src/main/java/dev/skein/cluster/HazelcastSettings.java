package dev.skein.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import dev.skein.bus.NodeAddress;
import dev.skein.kernel.Ids;
import java.util.List;
import java.util.Map;

/** Hazelcast as Skein wants it: explicit members, quick detection, nothing sent home, nothing open but members. */
final class HazelcastSettings {
    static final String NODE_ATTRIBUTE = "skein.node";
    static final String PASS_ATTRIBUTE = "skein.pass";
    static final String VERTX_NODE_ATTRIBUTE = "__vertx.nodeId";

    /* Its own defaults take 60 s to miss a silent member and five minutes to mend a split; see docs/architecture.md. */
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("hazelcast.phone.home.enabled", "false"),
            Map.entry("hazelcast.shutdownhook.enabled", "false"),
            Map.entry("hazelcast.logging.type", "slf4j"),
            Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
            Map.entry("hazelcast.max.no.heartbeat.seconds", "10"),
            Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
            Map.entry("hazelcast.merge.next.run.delay.seconds", "5"),
            Map.entry("hazelcast.graceful.shutdown.max.wait", "30"),
            Map.entry("hazelcast.operation.call.timeout.millis", "10000"),
            Map.entry("hazelcast.wait.seconds.before.join", "0"),
            Map.entry("hazelcast.max.wait.seconds.before.join", "3"),
            Map.entry("hazelcast.max.join.seconds", "30"),
            Map.entry("hazelcast.partition.count", "31"),
            Map.entry("hazelcast.io.thread.count", "2"),
            Map.entry("hazelcast.operation.thread.count", "2"),
            Map.entry("hazelcast.operation.generic.thread.count", "2"),
            Map.entry("hazelcast.event.thread.count", "1"),
            Map.entry("hazelcast.socket.connect.timeout.seconds", "2"),
            Map.entry("hazelcast.health.monitoring.level", "OFF"),
            Map.entry("hazelcast.initial.min.cluster.size", "1"));

    /** Errors that one member reports to another, which is all that travels in Java's form. */
    private static final List<String> READABLE =
            List.of("com.hazelcast.", "java.lang.", "[Ljava.lang.StackTraceElement", "java.util.Collections$");

    private HazelcastSettings() {}

    /**
     * The member's configuration.
     *
     * @param dataMember whether it holds data; only coordinators do, so that a dying worker moves nothing
     */
    static Config of(ClusterConfig config, NodeAddress here, boolean dataMember) {
        var hazelcast = new Config().setClusterName(config.name()).setLiteMember(!dataMember);
        hazelcast
                .getMemberAttributeConfig()
                .setAttribute(NODE_ATTRIBUTE, here.toString())
                .setAttribute(PASS_ATTRIBUTE, config.joinKeys().pass(here.toString()))
                .setAttribute(VERTX_NODE_ATTRIBUTE, Ids.uuid());
        PROPERTIES.forEach(hazelcast::setProperty);
        join(hazelcast, config);
        close(hazelcast);
        hazelcast.addMultiMapConfig(new MultiMapConfig("__vertx.subs")
                .setBackupCount(1)
                .setValueCollectionType(MultiMapConfig.ValueCollectionType.SET));
        return hazelcast;
    }

    /** Advanced networking opens the members' protocol alone: no clients, no REST, no memcache. */
    private static void join(Config hazelcast, ClusterConfig config) {
        var network = hazelcast.getAdvancedNetworkConfig().setEnabled(true);
        var endpoint = new ServerSocketEndpointConfig()
                .setPort(config.port())
                .setPortCount(config.portCount())
                .setPortAutoIncrement(config.portCount() > 1);
        endpoint.getInterfaces().setEnabled(true).addInterface(config.host());
        network.setMemberEndpointConfig(endpoint);
        network.getJoin().getMulticastConfig().setEnabled(false);
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        var tcp = network.getJoin().getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(1);
        config.candidates().forEach(tcp::addMember);
    }

    /** What this product has no use for, and Java's serialized form of everything but what members tell each other. */
    private static void close(Config hazelcast) {
        hazelcast.getJetConfig().setEnabled(false);
        hazelcast
                .getManagementCenterConfig()
                .setScriptingEnabled(false)
                .setConsoleEnabled(false)
                .setDataAccessEnabled(false);
        var filter = new JavaSerializationFilterConfig().setDefaultsDisabled(true);
        READABLE.forEach(filter.getWhitelist()::addPrefixes);
        hazelcast.getSerializationConfig().setJavaSerializationFilterConfig(filter);
    }
}
