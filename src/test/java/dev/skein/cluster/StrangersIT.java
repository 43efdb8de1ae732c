package dev.skein.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import dev.skein.audit.Deed;
import dev.skein.bus.Bus;
import dev.skein.bus.Contract;
import dev.skein.bus.Endpoint;
import dev.skein.bus.NodeAddress;
import dev.skein.bus.seal.Credentials;
import dev.skein.bus.seal.JoinKeys;
import dev.skein.config.Secret;
import dev.skein.kernel.Problem;
import dev.skein.tls.Certificates;
import dev.skein.tls.TlsConfig;
import dev.skein.tls.TlsFiles;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Those who do not belong meet a coordinator with a join key and bus TLS, in one JVM over loopback. */
class StrangersIT {
    record Order(String program) {}

    record Done(String by) {}

    private static final Endpoint<Order, Done> DEPLOY = new Endpoint<>("test.deploy.v1", Order.class, Done.class);
    private static final List<Contract> CONTRACTS = List.of(DEPLOY);
    private static final Duration DEADLINE = Duration.ofSeconds(3);
    private static final String KEY = "the-join-key-of-this-cluster";
    private static final String NEXT = "the-join-key-that-comes-after";
    private static final int FIRST_PORT = 5_871;

    @TempDir
    Path folder;

    private final BlockingQueue<Deed> audit = new LinkedBlockingQueue<>();
    private final AtomicInteger orders = new AtomicInteger();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Certificates ours;
    private Node coordinator;

    private record Node(Cluster cluster, Bus bus) {}

    @BeforeEach
    void found() throws Exception {
        ours = Certificates.in(folder.resolve("ours")).issue("coordinator").issue("worker-0");
        coordinator = join("coordinator", true, KEY + "," + NEXT, ours.config("coordinator"));
        coordinator.bus.serve(DEPLOY, this::deploy).completion().await(10, SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    private Future<Done> deploy(Order order) {
        orders.incrementAndGet();
        return Future.succeededFuture(new Done("coordinator"));
    }

    @Test
    void a_node_of_ours_gets_in_while_the_join_key_is_being_replaced() throws Exception {
        var worker = join("worker-0", false, NEXT + "," + KEY, ours.config("worker-0"));

        assertThat(ask(worker).await(10, SECONDS)).isEqualTo(new Done("coordinator"));
        assertThat(audit).extracting(Deed::what).contains("join.admitted").doesNotContain("bus.refused");
        assertThat(coordinator.cluster.present()).hasSize(2);
    }

    @Test
    void a_bare_hazelcast_member_with_the_clusters_name_is_not_let_in() throws Exception {
        assertThatThrownBy(() -> Hazelcast.newHazelcastInstance(bareConfig())).hasMessageContaining("failed to start");

        assertThat(refusal("member.refused", "ncompatible").from()).startsWith("[127.0.0.1]");
        assertThat(coordinator.cluster.present()).hasSize(1);
    }

    @Test
    void nor_is_one_that_is_configured_like_ours_in_everything_but_the_key() throws Exception {
        var config = bareConfig().setProperty("hazelcast.partition.count", "31").setLiteMember(true);
        assertThatThrownBy(() -> Hazelcast.newHazelcastInstance(config)).hasMessageContaining("failed to start");

        refusal("member.refused", "a member that is no node of this product");
        assertThat(coordinator.cluster.present()).hasSize(1);
    }

    @Test
    void a_hazelcast_client_finds_no_door() throws IOException {
        assertThat(answerTo("HZC")).as("members' protocol").isEqualTo("HZC");
        assertThat(answerTo("CP2")).as("clients' protocol").isNotEqualTo("CP2");
        assertThat(answerTo("GET")).as("REST").isNotEqualTo("HTT");
    }

    /** The first three bytes that the members' port says to these three. */
    private static String answerTo(String greeting) throws IOException {
        try (var socket = new Socket("127.0.0.1", FIRST_PORT)) {
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write(greeting.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
        } catch (SocketException | SocketTimeoutException refused) {
            return "";
        }
    }

    @Test
    void a_node_with_a_wrong_join_key_is_not_let_in() throws Exception {
        assertThatThrownBy(() -> join("worker-0", true, "some-other-key-entirely", ours.config("worker-0")))
                .isInstanceOf(Problem.class);

        assertThat(refusal("member.refused", "wrong join key").who()).startsWith("worker-0@");
        assertThat(coordinator.cluster.present()).hasSize(1);
    }

    @Test
    void a_node_with_a_foreign_certificate_gets_no_word_through() throws Exception {
        var theirs = Certificates.in(folder.resolve("theirs")).issue("worker-0");
        Files.copy(ours.file("ca.pem"), theirs.file("ca.pem"), StandardCopyOption.REPLACE_EXISTING);
        var worker = join("worker-0", false, KEY, theirs.config("worker-0"));

        assertThatThrownBy(() -> ask(worker).await(10, SECONDS)).isInstanceOf(Problem.class);
        assertThat(refusal("tls.refused", "").who()).isEqualTo("CN=worker-0");
        assertThat(orders).hasValue(0);
    }

    @Test
    void a_node_with_an_expired_certificate_gets_no_word_through() throws Exception {
        var late = Certificates.in(folder.resolve("late"));
        ours.authority().issue(late.folder(), "worker-0", List.of("worker-0"), Certificates.yesterday());
        Files.copy(ours.file("ca.pem"), late.file("ca.pem"), StandardCopyOption.REPLACE_EXISTING);
        var worker = join("worker-0", false, KEY, late.config("worker-0"));

        assertThatThrownBy(() -> ask(worker).await(10, SECONDS)).isInstanceOf(Problem.class);
        assertThat(refusal("tls.refused", "").outcome()).containsIgnoringCase("expired");
        assertThat(orders).hasValue(0);
    }

    @Test
    void a_node_with_the_certificate_of_another_is_found_out() throws Exception {
        var worker = join("worker-7", false, KEY, ours.config("worker-0"));

        assertThatThrownBy(() -> ask(worker).await(10, SECONDS))
                .hasMessageContaining("has the certificate of worker-0");
        assertThat(refusal("bus.refused", "certificate of worker-0").who()).startsWith("worker-7@");
        assertThat(orders).hasValue(0);
    }

    /** It knows the addresses and speaks the wire's language, but has not the key. */
    @Test
    void words_put_on_the_bus_by_a_stranger_deploy_nothing() throws Exception {
        var stranger = coordinator.cluster.vertx().eventBus();

        assertThatThrownBy(() -> stranger.request(DEPLOY.address(), "{\"program\":\"x\"}")
                        .await(5, SECONDS))
                .hasMessageContaining("not a message of this product");
        refusal("bus.refused", "not a message of this product");
        assertThat(orders).hasValue(0);
    }

    private Deed refusal(String what, String why) throws InterruptedException {
        for (var deed = audit.poll(15, SECONDS); deed != null; deed = audit.poll(15, SECONDS)) {
            if (deed.what().equals(what) && deed.outcome().contains(why)) {
                return deed;
            }
        }
        throw new AssertionError("nothing in the audit about " + what + ": " + why);
    }

    private static Future<Done> ask(Node node) {
        return node.bus.ask(DEPLOY, new Order("stream A = X"), DEADLINE);
    }

    private Node join(String name, boolean withData, String keys, @Nullable TlsConfig tls) throws Exception {
        var joinKeys = JoinKeys.of("cluster.join-key", new Secret(keys));
        var files = TlsFiles.open(tls, "bus", audit::add);
        opened.add(files);
        var config = new ClusterConfig(true, "strangers-it", "127.0.0.1", FIRST_PORT, 4, List.of(), joinKeys, false);
        var here = NodeAddress.of(name);
        var credentials = new Credentials(joinKeys, files);
        var cluster = Cluster.join(new VertxOptions(), config, new Self(here, withData, credentials, audit::add))
                .await(40, SECONDS);
        var bus = new Bus(cluster.vertx(), here, credentials, audit::add);
        bus.register(CONTRACTS);
        opened.add(() -> cluster.vertx().close().await(30, SECONDS));
        return new Node(cluster, bus);
    }

    private static Config bareConfig() {
        var config = new Config().setClusterName("strangers-it");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.max.join.seconds", "10");
        var network = config.getNetworkConfig().setPort(FIRST_PORT);
        network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        network.getJoin().getMulticastConfig().setEnabled(false);
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        network.getJoin().getTcpIpConfig().setEnabled(true).addMember("127.0.0.1:" + FIRST_PORT);
        return config;
    }
}
