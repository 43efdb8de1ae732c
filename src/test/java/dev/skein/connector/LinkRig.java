package dev.skein.connector;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.connector.letter.DeadLetters;
import dev.skein.kernel.SteadyClock;
import dev.skein.pipeline.Connectors.Definition;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.vpl.sink.Sink;
import dev.skein.pipeline.vpl.sink.SinkTarget;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A node's connectors without a node: loopback is allowed and everything is quick. */
public final class LinkRig implements AutoCloseable {
    public static final Instant NOW = Instant.parse("2026-01-15T10:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    public final Vertx vertx = Vertx.vertx();
    public final DeadLetters letters;
    public final BlockingQueue<String> console = new LinkedBlockingQueue<>();
    public volatile boolean mayWrite = true;
    public volatile boolean mayRead = true;
    private final Path folder;
    private final Connections connections;

    public LinkRig(Path folder) {
        this(folder, config(List.of("loopback"), Duration.ofSeconds(2)));
    }

    public LinkRig(Path folder, ConnectorConfig config) {
        this.folder = folder;
        this.letters = new DeadLetters(vertx, folder, config.deadLetterBytesMax(), () -> NOW);
        var clocks = new Connections.Clocks(SteadyClock.system(), () -> NOW);
        this.connections = new Connections(
                vertx,
                config,
                letters,
                target -> event -> console.add(target.type() + " " + event),
                new Touch(),
                clocks);
    }

    public static ConnectorConfig config(List<String> allow, Duration timeout) {
        return new ConnectorConfig(
                allow,
                new ConnectorConfig.Buffer(100, 1 << 20),
                new ConnectorConfig.Retry(Duration.ofMillis(20), Duration.ofMillis(200), 4),
                timeout,
                Duration.ofSeconds(15),
                1 << 20);
    }

    private final class Touch implements Connections.Touch {
        @Override
        public boolean mayWrite() {
            return mayWrite;
        }

        @Override
        public boolean mayRead() {
            return mayRead;
        }
    }

    public Links links(long epoch, Definition... cluster) {
        return connections.link(new Owner("g", "p", epoch), List.of(cluster));
    }

    /** A target with these parameters, as if its connector were declared in the program. */
    public static Sink sink(Links links, String type, Map<String, ?> parameters) {
        return links.open(new SinkTarget("C", type, Map.copyOf(parameters)));
    }

    public static Event event(long n) {
        return Event.builder("T").with("n", n).build();
    }

    /** Every line of the dead letters, the oldest first. */
    public List<JsonNode> deadLetters() throws Exception {
        letters.settled().await(5, SECONDS);
        var all = new ArrayList<JsonNode>();
        for (var name : List.of("dead-letters.jsonl.2", "dead-letters.jsonl.1", "dead-letters.jsonl")) {
            if (Files.exists(folder.resolve(name))) {
                all.addAll(parsed(Files.readAllLines(folder.resolve(name))));
            }
        }
        return all;
    }

    private static List<JsonNode> parsed(List<String> lines) throws IOException {
        var all = new ArrayList<JsonNode>();
        for (var line : lines) {
            all.add(JSON.readTree(line));
        }
        return all;
    }

    /** Waits until something is so. */
    public void until(BooleanSupplier isSo) throws TimeoutException {
        until(vertx, isSo);
    }

    public static void until(Vertx vertx, BooleanSupplier isSo) throws TimeoutException {
        Promise<Void> so = Promise.promise();
        long timer = vertx.setPeriodic(5, tick -> {
            if (isSo.getAsBoolean()) {
                so.tryComplete();
            }
        });
        try {
            so.future().await(20, SECONDS);
        } finally {
            vertx.cancelTimer(timer);
        }
    }

    @Override
    public void close() throws Exception {
        vertx.close().await(10, SECONDS);
    }
}
