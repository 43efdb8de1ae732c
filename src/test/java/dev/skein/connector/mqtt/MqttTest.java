package dev.skein.connector.mqtt;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.connector.LinkRig;
import dev.skein.connector.Links;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.event.Event;
import dev.skein.pipeline.vpl.sink.SourceTarget;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MqttTest {
    @TempDir
    Path folder;

    private Broker broker;
    private LinkRig rig;
    private Links links;
    private final BlockingQueue<Event> taken = new LinkedBlockingQueue<>();

    @BeforeEach
    void open() throws Exception {
        boolean isThere = Broker.binary().isPresent();
        if (!isThere) {
            System.out.println("skipped: no mosquitto on this machine (apt-get install mosquitto)");
        }
        Assumptions.assumeTrue(isThere, "no mosquitto on this machine");
        broker = new Broker(folder);
        rig = new LinkRig(folder);
        links = rig.links(1);
    }

    @AfterEach
    void close() throws Exception {
        if (rig != null) {
            links.close().await(10, SECONDS);
            rig.close();
            broker.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void events_are_published_in_order_as_flat_json(String version) throws Exception {
        broker.watch("out/t");
        var sink = LinkRig.sink(links, "mqtt", broker.at(version, "out/t"));

        for (int i = 0; i < 100; i++) {
            sink.send(LinkRig.event(i));
        }

        for (int i = 0; i < 100; i++) {
            assertThat(broker.next()).startsWith("{\"event_type\":\"T\"").contains("\"n\":" + i + "}");
        }
        rig.until(() -> links.health().get(0).sending().messagesSent() == 100);
        assertThat(links.health().get(0).connected()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void payloads_become_events_in_order_and_others_are_ignored_or_kept(String version) throws Exception {
        read(version, "in/#");

        broker.say(
                "in/a", List.of("{\"n\":1}", "{\"event_type\":\"U\"}", "nonsense", "{\"event_type\":\"T\",\"n\":2}"));

        assertThat(next()).hasToString("T{n:1}");
        assertThat(next()).hasToString("T{n:2}");
        assertThat(rig.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.path("way").asText()).isEqualTo("in");
            assertThat(letter.path("reason").asText()).isEqualTo("unreadable: not JSON");
            assertThat(letter.path("message").asText()).isEqualTo("nonsense");
        });
        assertThat(links.health().get(0).messagesReceived()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.1.1", "5"})
    void a_broker_that_is_killed_gets_everything_once_it_is_back(String version) throws Exception {
        var sink = LinkRig.sink(links, "mqtt", broker.at(version, "out/t"));
        read(version, "in/#");
        broker.kill();
        for (int i = 0; i < 50; i++) {
            sink.send(LinkRig.event(i));
        }
        rig.until(() -> links.health().stream().noneMatch(health -> health.connected()));

        broker.start();
        broker.watch("out/t");
        sink.send(LinkRig.event(50));

        rig.until(() -> writer().messagesSent() == 51);
        assertThat(rig.letters.count()).isZero();
        awaitReading();
        broker.say("in/a", List.of("{\"n\":1}"));
        assertThat(next()).hasToString("T{n:1}");
    }

    @Test
    void a_broker_that_stands_still_blocks_nobody_and_what_finds_no_room_is_kept() throws Exception {
        var sink = LinkRig.sink(links, "mqtt", broker.at("5", "out/t"));
        rig.until(() -> links.health().get(0).connected());
        broker.signal("STOP");

        for (int i = 0; i < 150; i++) { // the buffer holds 100
            sink.send(LinkRig.event(i));
        }
        assertThat(rig.deadLetters()).hasSize(50);
        broker.signal("CONT");

        rig.until(() -> writer().messagesSent() == 100);
    }

    @Test
    void a_worker_out_of_touch_reads_nothing_and_misses_nothing_afterwards() throws Exception {
        read("5", "in/#");
        rig.mayRead = false;
        rig.until(() -> !links.health().get(0).connected());

        broker.say("in/a", List.of("{\"n\":1}"));
        assertThat(taken).isEmpty();
        rig.mayRead = true;

        assertThat(next()).hasToString("T{n:1}");
    }

    @Test
    void what_no_copy_has_taken_goes_to_the_next_one() throws Exception {
        links.prepare(List.of(new SourceTarget("T", "C", "mqtt", broker.at("5", "in/#"))));
        links.read(events -> Future.failedFuture(Problem.busy("pipeline_unavailable", "about to move")));
        awaitReading();
        broker.say("in/a", List.of("{\"n\":1}", "{\"n\":2}"));
        rig.until(() -> links.health().get(0).messagesReceived() == 2);
        links.rest(true);
        rig.until(() -> !links.health().get(0).connected());
        broker.say("in/a", List.of("{\"n\":3}"));

        var next = rig.links(2);
        next.prepare(List.of(new SourceTarget("T", "C", "mqtt", broker.at("5", "in/#"))));
        next.read(this::take);

        assertThat(List.of(next().toString(), next().toString(), next().toString()))
                .containsExactly("T{n:1}", "T{n:2}", "T{n:3}");
        next.close().await(10, SECONDS);
    }

    @Test
    void a_pipeline_that_is_full_gets_the_same_events_again() throws Exception {
        var full = new AtomicInteger(2);
        links.prepare(List.of(new SourceTarget("T", "C", "mqtt", broker.at("5", "in/#"))));
        links.read(events -> full.getAndDecrement() > 0
                ? Future.failedFuture(Problem.busy("pipeline_unavailable", "full"))
                : take(events));
        awaitReading();

        broker.say(
                "in/a",
                IntStream.range(0, 20).mapToObj(i -> "{\"n\":" + i + "}").toList());

        for (int i = 0; i < 20; i++) {
            assertThat(next()).hasToString("T{n:" + i + "}");
        }
        assertThat(rig.letters.count()).isZero();
    }

    @Test
    void parameters_that_cannot_work_are_refused_by_name() {
        for (var wrong : List.of(
                Map.of("version", "6"),
                Map.of("port", 0L),
                Map.of("qos", 3L),
                Map.of("topic", "a/#"),
                Map.of("tls", "x"))) {
            var all = new java.util.HashMap<String, Object>(broker.at("5", "t"));
            all.putAll(wrong);

            assertThatThrownBy(() -> LinkRig.sink(links, "mqtt", all))
                    .isInstanceOf(Problem.class)
                    .hasMessageStartingWith(
                            "connector C: " + wrong.keySet().iterator().next());
        }
    }

    private dev.skein.pipeline.Workers.ConnectorHealth.Sending writer() {
        return links.health().stream()
                .map(health -> health.sending())
                .filter(sending -> sending != null)
                .findFirst()
                .orElseThrow();
    }

    private void read(String version, String filter) throws Exception {
        links.prepare(List.of(new SourceTarget("T", "C", "mqtt", broker.at(version, filter))));
        links.read(this::take);
        awaitReading();
    }

    private void awaitReading() throws Exception {
        rig.until(() -> links.health().stream()
                .filter(health -> health.sending() == null)
                .allMatch(health -> health.connected()));
    }

    private Future<Void> take(List<Event> events) {
        taken.addAll(new ArrayList<>(events));
        return Future.succeededFuture();
    }

    private Event next() throws InterruptedException {
        var event = taken.poll(15, SECONDS);
        assertThat(event).as("an event from the broker").isNotNull();
        return event;
    }
}
