package dev.skein.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import dev.skein.fault.nodes.Api;
import dev.skein.fault.nodes.NodeProcess;
import dev.skein.fault.nodes.Ports;
import dev.skein.fault.nodes.TestCluster;
import dev.skein.tls.Certificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of processes with bus TLS and a join key: it works, and who does not belong achieves nothing. */
class IntrudersIT {
    private static final Duration NOTED = Duration.ofSeconds(40);
    private static final String KEY = "the-join-key-of-the-processes";
    private static final String GROUP = """
            {"name": "g", "pipelines": [{"name": "one", "source": "stream A = X .emit(v: v)"}]}""";
    private static final String EVENT = "{\"event_type\": \"X\", \"fields\": {\"v\": 1}}";

    @TempDir
    Path folder;

    private Certificates ours;
    private TestCluster cluster;

    @BeforeEach
    void start() {
        ours = Certificates.in(folder.resolve("ours")).issue("coordinator").issue("worker-0");
        var settings = tls(ours) + "\ncluster.join-key: " + KEY;
        cluster = TestCluster.start(folder, 1, new TestCluster.Setup(NodeProcess.SMALL, NodeProcess.SMALL, settings));
    }

    @AfterEach
    void stop() {
        if (cluster != null) { // it may never have started
            cluster.close();
        }
    }

    private static String tls(Certificates certificates) {
        return "bus: {tls: {cert: %1$s/{id}.pem, key: %1$s/{id}.key, ca: %1$s/ca.pem}}"
                .formatted(certificates.folder());
    }

    @Test
    void whoever_belongs_works_and_whoever_does_not_is_refused_and_noted() {
        var group = cluster.api.post(Api.CLUSTER + "/pipeline-groups", GROUP);
        assertThat(group.body().path("status").asText()).as(cluster.tails()).isEqualTo("running");
        var path = Api.CLUSTER + "/pipeline-groups/" + group.body().path("id").asText() + "/inject";
        assertThat(cluster.api.post(path, EVENT).status()).isEqualTo(200);

        foreignCertificate();
        expiredCertificate();
        wrongJoinKey();
        bareMember();

        assertThat(cluster.api.get(Api.CLUSTER + "/workers").body().findValuesAsText("id"))
                .containsExactly("worker-0");
        assertThat(cluster.api.post(path, EVENT).status()).as("all the while").isEqualTo(200);
    }

    private void foreignCertificate() {
        var theirs = trusting(Certificates.in(folder.resolve("theirs")).issue("mallory"));
        try (var stranger = stranger("mallory", tls(theirs), KEY)) {
            awaitAudit(stranger, "tls.refused", "CN=mallory");
        }
    }

    private void expiredCertificate() {
        var late = Certificates.in(folder.resolve("late"));
        ours.authority().issue(late.folder(), "late", List.of("late"), Certificates.yesterday());
        try (var stranger = stranger("late", tls(trusting(late)), KEY)) {
            awaitAudit(stranger, "tls.refused", "CN=late");
        }
    }

    private void wrongJoinKey() {
        ours.issue("guesser");
        try (var stranger = stranger("guesser", tls(ours), "some-other-key-altogether")) {
            awaitAudit(stranger, "member.refused", "wrong join key");
        }
    }

    private void bareMember() {
        var config = new Config().setClusterName(cluster.name());
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.max.join.seconds", "10");
        config.setProperty("hazelcast.partition.count", "31"); // as ours; with another it is refused before it is asked
        var network = config.getNetworkConfig().setPort(Ports.free(1).get(0));
        network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        network.getJoin().getMulticastConfig().setEnabled(false);
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        network.getJoin().getTcpIpConfig().setEnabled(true).addMember("127.0.0.1:" + cluster.memberPort());
        try {
            var bare = Hazelcast.newHazelcastInstance(config);
            bare.getLifecycleService().terminate();
        } catch (IllegalStateException refused) {
            assertThat(refused).hasMessageContaining("failed to start");
        }
        awaitAudit(cluster.coordinator(), "member.refused", "no node of this product");
    }

    private Certificates trusting(Certificates theirs) {
        try {
            Files.copy(ours.file("ca.pem"), theirs.file("ca.pem"), StandardCopyOption.REPLACE_EXISTING);
            return theirs;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private NodeProcess stranger(String id, String tls, String key) {
        var ports = Ports.free(2);
        var conf = """
                node: {id: %1$s, data-dir: %2$s}
                verticles: [worker, router, http]
                cluster: {name: %3$s, port: %4$d, port-count: 1, members: ["127.0.0.1:%5$d"], join-key: %6$s}
                http: {port: %7$d, api-key: %8$s}
                %9$s
                """.formatted(
                        id,
                        folder.resolve(id + "-data"),
                        cluster.name(),
                        ports.get(0),
                        cluster.memberPort(),
                        key,
                        ports.get(1),
                        TestCluster.KEY,
                        tls.replace("{id}", id));
        try {
            var file = Files.writeString(folder.resolve(id + ".yaml"), conf);
            return NodeProcess.start(id, folder, "-cluster", "-conf", file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitAudit(NodeProcess stranger, String what, String why) {
        try {
            cluster.api.getUntil(
                    NOTED,
                    "/health",
                    answer -> cluster.audit("coordinator")
                            .lines()
                            .anyMatch(line -> line.contains("\"" + what + "\"") && line.contains(why)));
        } catch (AssertionError late) {
            throw new AssertionError(
                    "no " + what + " " + why + " in " + cluster.audit("coordinator") + stranger.tail(), late);
        }
    }
}
