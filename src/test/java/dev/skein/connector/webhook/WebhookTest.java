package dev.skein.connector.webhook;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.connector.LinkRig;
import dev.skein.connector.Links;
import dev.skein.kernel.Problem;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookTest {
    @TempDir
    Path folder;

    private LinkRig rig;
    private Links links;
    private final BlockingQueue<JsonObject> bodies = new LinkedBlockingQueue<>();
    private final List<String> deliveries = new ArrayList<>();

    @BeforeEach
    void open() {
        rig = new LinkRig(folder);
        links = rig.links(3);
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    @Test
    void events_arrive_in_order_as_flat_json_with_who_sent_them() throws Exception {
        var heads = new LinkedBlockingQueue<Map<String, String>>();
        int port = serve(request -> {
            heads.add(Map.of(
                    "pipeline", request.getHeader("x-skein-pipeline"),
                    "epoch", request.getHeader("x-skein-epoch"),
                    "authorization", request.getHeader("authorization")));
            take(request, 200);
        });
        var sink = LinkRig.sink(links, "http", Map.of("url", url(port), "token", "secret"));

        sink.sendAll(List.of(LinkRig.event(1), LinkRig.event(2), LinkRig.event(3)));

        assertThat(next())
                .containsEntry("event_type", "T")
                .containsEntry("n", 1)
                .containsKey("timestamp");
        assertThat(next()).containsEntry("n", 2);
        assertThat(next()).containsEntry("n", 3);
        assertThat(heads.remove()).isEqualTo(Map.of("pipeline", "p", "epoch", "3", "authorization", "Bearer secret"));
        rig.until(() -> links.health().get(0).sending().messagesSent() == 3);
        assertThat(links.health().get(0).connected()).isTrue();
    }

    @Test
    void whoever_waits_for_what_is_on_its_way_waits_for_a_target_that_fails_for_a_while() throws Exception {
        var failing = new AtomicInteger(2);
        int port = serve(request -> {
            if (failing.getAndDecrement() > 0) {
                request.response().setStatusCode(503).end();
            } else {
                take(request, 204);
            }
        });
        var sink = LinkRig.sink(links, "http", Map.of("url", url(port)));

        sink.sendAll(List.of(LinkRig.event(1), LinkRig.event(2)));
        links.delivered().await(20, SECONDS);

        assertThat(bodies).hasSize(2);
        links.delivered().await(5, SECONDS);
    }

    @Test
    void a_target_that_fails_for_a_while_gets_every_event_under_the_same_id() throws Exception {
        var failing = new AtomicInteger(3);
        int port = serve(request -> {
            deliveries.add(request.getHeader("x-skein-delivery"));
            if (failing.getAndDecrement() > 0) {
                request.response().setStatusCode(503).end();
            } else {
                take(request, 204);
            }
        });
        var sink = LinkRig.sink(links, "http", Map.of("url", url(port)));

        sink.send(LinkRig.event(1));
        sink.send(LinkRig.event(2));

        assertThat(next()).containsEntry("n", 1);
        assertThat(next()).containsEntry("n", 2);
        assertThat(deliveries).hasSize(5);
        assertThat(deliveries.subList(0, 4)).containsOnly(deliveries.get(0));
        assertThat(rig.letters.count()).isZero();
    }

    @Test
    void an_event_that_is_never_taken_becomes_a_dead_letter_and_the_next_goes_on() throws Exception {
        int port = serve(request -> request.body().onSuccess(body -> {
            var event = body.toJsonObject();
            if (event.getInteger("n") == 1) {
                request.response().setStatusCode(500).end();
            } else {
                bodies.add(event);
                request.response().end();
            }
        }));
        var sink = LinkRig.sink(links, "http", Map.of("url", url(port)));

        sink.send(LinkRig.event(1));
        sink.send(LinkRig.event(2));

        assertThat(next()).containsEntry("n", 2);
        assertThat(rig.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.path("reason").asText()).isEqualTo("HTTP 500");
            assertThat(letter.path("attempts").asInt()).isEqualTo(4);
            assertThat(letter.path("message").asText()).contains("\"n\":1");
        });
    }

    @Test
    void a_refusal_for_good_is_not_tried_again() throws Exception {
        var calls = new AtomicInteger();
        int port = serve(request -> {
            calls.incrementAndGet();
            request.response().setStatusCode(400).end("no");
        });
        var sink = LinkRig.sink(links, "http", Map.of("url", url(port)));

        sink.send(LinkRig.event(1));
        rig.until(() -> rig.letters.count() == 1);

        assertThat(calls).hasValue(1);
        assertThat(links.health().get(0).deadLetters()).isEqualTo(1);
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        var reached = new AtomicInteger();
        int inner = serve(request -> reached.incrementAndGet());
        int port = serve(request -> request.response()
                .setStatusCode(302)
                .putHeader("location", url(inner))
                .end());
        var sink = LinkRig.sink(links, "http", Map.of("url", url(port)));

        sink.send(LinkRig.event(1));
        rig.until(() -> rig.letters.count() == 1);

        assertThat(rig.deadLetters().get(0).path("reason").asText()).isEqualTo("HTTP 302: redirects are not followed");
        assertThat(reached).hasValue(0);
    }

    @Test
    void a_target_that_hangs_is_given_up_in_time_and_blocks_nobody() throws Exception {
        rig.close();
        rig = new LinkRig(folder, LinkRig.config(List.of("loopback"), Duration.ofMillis(200)));
        links = rig.links(1);
        var calls = new AtomicInteger();
        int port = serve(request -> calls.incrementAndGet()); // never answers
        var sink = LinkRig.sink(links, "http", Map.of("url", url(port)));

        for (int i = 0; i < 150; i++) { // more than the buffer holds; returns at once all the same
            sink.send(LinkRig.event(i));
        }

        rig.until(() -> calls.get() >= 2);
        assertThat(links.health().get(0).connected()).isFalse();
        assertThat(rig.deadLetters())
                .hasSizeGreaterThanOrEqualTo(49)
                .allSatisfy(letter -> assertThat(letter.path("reason").asText()).contains("the buffer is full"));
    }

    @Test
    void a_target_that_is_not_there_gets_everything_once_it_is() throws Exception {
        int port = serve(request -> {});
        servers.remove(0).close().await(5, SECONDS);
        var sink = LinkRig.sink(links, "http", Map.of("url", url(port)));
        for (int i = 0; i < 20; i++) {
            sink.send(LinkRig.event(i));
        }
        rig.until(() -> links.health().get(0).sending().circuit().equals("open"));

        serve(request -> take(request, 200), port);

        for (int i = 0; i < 20; i++) {
            assertThat(next()).containsEntry("n", i);
        }
        assertThat(rig.letters.count()).isZero();
        rig.until(() -> links.health().get(0).sending().circuit().equals("closed"));
    }

    @Test
    void an_inward_address_is_never_connected_to() throws Exception {
        rig.close();
        rig = new LinkRig(folder, LinkRig.config(List.of(), Duration.ofSeconds(2)));
        links = rig.links(1);
        var reached = new AtomicInteger();
        int port = serve(request -> reached.incrementAndGet());
        LinkRig.sink(links, "http", Map.of("url", "http://localhost:" + port)).send(LinkRig.event(1));

        rig.until(() -> links.health().get(0).lastError() != null);

        assertThat(links.health().get(0).lastError()).contains("may not be connected to", "loopback");
        assertThat(reached).hasValue(0);
    }

    @Test
    void a_stopped_pipeline_delivers_what_waits_and_an_older_epoch_is_refused() throws Exception {
        int port = serve(request -> take(request, 200));
        var older = LinkRig.sink(links, "http", Map.of("url", url(port)));
        older.send(LinkRig.event(1));
        assertThat(next()).containsEntry("n", 1);
        rig.until(() -> links.health().get(0).sending().messagesSent() == 1); // else it is under way, and too old

        var newer = rig.links(4);
        older.send(LinkRig.event(2));
        LinkRig.sink(newer, "http", Map.of("url", url(port))).send(LinkRig.event(3));
        newer.close().await(10, SECONDS);

        assertThat(next()).containsEntry("n", 3);
        assertThat(bodies).isEmpty();
        assertThat(rig.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.path("reason").asText()).startsWith("stale_epoch");
            assertThat(letter.path("epoch").asLong()).isEqualTo(3);
        });
    }

    @Test
    void a_worker_without_its_lease_sends_nothing_until_it_has_it_again() throws Exception {
        int port = serve(request -> take(request, 200));
        rig.mayWrite = false;
        var sink = LinkRig.sink(links, "http", Map.of("url", url(port)));

        sink.send(LinkRig.event(1));
        rig.until(() -> links.health().get(0).sending().waiting() == 1);
        assertThat(bodies.poll(400, java.util.concurrent.TimeUnit.MILLISECONDS)).isNull();
        rig.mayWrite = true;

        assertThat(next()).containsEntry("n", 1);
    }

    @Test
    void a_url_that_cannot_work_is_refused_at_once() {
        for (var url : List.of("ftp://h/x", "http://", "http://user:pw@h/", "::", "file:///etc/passwd", "")) {
            assertThatThrownBy(() -> LinkRig.sink(links, "http", Map.of("url", url)))
                    .as(url)
                    .isInstanceOf(Problem.class)
                    .hasMessageStartingWith("connector C: url");
        }
    }

    private final List<HttpServer> servers = new ArrayList<>();

    private int serve(Handler<HttpServerRequest> handler) throws Exception {
        return serve(handler, 0);
    }

    private int serve(Handler<HttpServerRequest> handler, int port) throws Exception {
        var server = rig.vertx.createHttpServer().requestHandler(handler);
        servers.add(server.listen(port, "127.0.0.1").await(5, SECONDS));
        return server.actualPort();
    }

    private void take(HttpServerRequest request, int status) {
        request.body().onSuccess(body -> {
            bodies.add(body.toJsonObject());
            request.response().setStatusCode(status).end();
        });
    }

    private Map<String, Object> next() throws InterruptedException {
        var body = bodies.poll(10, SECONDS);
        assertThat(body).as("an event at the target").isNotNull();
        return body.getMap();
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port + "/hook?x=1";
    }
}
