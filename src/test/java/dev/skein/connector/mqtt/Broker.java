package dev.skein.connector.mqtt;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient.Mqtt5Publishes;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import dev.skein.fault.nodes.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Mosquitto on loopback that can be killed, stopped and started again, and a client that looks on. */
final class Broker implements AutoCloseable {
    private final Path folder;
    private final int port;
    private Process process;
    private Mqtt5BlockingClient onlooker;
    private Mqtt5Publishes seen;

    Broker(Path folder) throws IOException {
        this.folder = folder;
        this.port = Ports.free();
        start();
    }

    /** Where the machine has it. */
    static Optional<Path> binary() {
        return Stream.of("/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    int port() {
        return port;
    }

    /** Parameters of a connector to it. */
    Map<String, Object> at(String version, String topic) {
        return Map.of("host", "127.0.0.1", "port", (long) port, "version", version, "topic", topic);
    }

    void start() throws IOException {
        var config = Files.writeString(
                folder.resolve("mosquitto.conf"),
                "listener " + port + " 127.0.0.1\nallow_anonymous true\nuser root\nmax_queued_messages 10000\n");
        process = new ProcessBuilder(binary().orElseThrow().toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.log").toFile())
                .start();
        awaitPort();
    }

    private void awaitPort() throws IOException {
        for (int attempt = 0; ; attempt++) {
            try (var probe = new Socket()) {
                probe.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
                return;
            } catch (IOException notYet) {
                if (attempt == 500 || !process.isAlive()) {
                    throw new IOException(
                            "the broker did not start: " + Files.readString(folder.resolve("mosquitto.log")), notYet);
                }
                pause();
            }
        }
    }

    private void pause() throws IOException {
        try {
            process.waitFor(10, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(5, SECONDS);
    }

    /** STOP or CONT. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor(5, SECONDS);
    }

    /** Sees everything on a topic from now on. */
    void watch(String topic) {
        onlooker = Mqtt5Client.builder()
                .identifier("onlooker")
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildBlocking();
        onlooker.connect();
        seen = onlooker.publishes(MqttGlobalPublishFilter.ALL);
        onlooker.subscribeWith().topicFilter(topic).send();
    }

    String next() throws InterruptedException {
        return seen.receive(15, SECONDS)
                .map(publish -> new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8))
                .orElseThrow(() -> new AssertionError("nothing was published"));
    }

    void say(String topic, List<String> payloads) {
        var client = Mqtt5Client.builder()
                .identifier("speaker")
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildBlocking();
        client.connect();
        for (var payload : payloads) {
            client.publishWith()
                    .topic(topic)
                    .qos(com.hivemq.client.mqtt.datatypes.MqttQos.AT_LEAST_ONCE)
                    .payload(payload.getBytes(StandardCharsets.UTF_8))
                    .send();
        }
        client.disconnect();
    }

    @Override
    public void close() throws InterruptedException {
        if (onlooker != null && onlooker.getState().isConnected() && process.isAlive()) {
            onlooker.disconnect();
        }
        kill();
    }
}
