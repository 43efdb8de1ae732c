package dev.skein.job.mcp.http;

import static dev.skein.job.mcp.peer.Connected.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.job.mcp.McpCall;
import dev.skein.job.mcp.McpFailure;
import dev.skein.job.mcp.McpLimits;
import dev.skein.job.mcp.peer.Connected;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client and an endpoint that answers in every way there is. */
class HttpTransportTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final McpLimits LIMITS = new McpLimits(LONG, 100_000, Duration.ofSeconds(5), LONG);

    private final Vertx vertx = Vertx.vertx();
    private FakeEndpoint endpoint;
    private Connected peer;

    @BeforeEach
    void start() {
        endpoint = new FakeEndpoint(vertx);
        peer = Connected.open(vertx, () -> new HttpTransport(vertx, endpoint.address(), LIMITS), LIMITS);
    }

    @AfterEach
    void stop() {
        peer.ask(peer.client::close);
        await(vertx.close());
    }

    @Test
    void answers_come_as_json_or_as_events_with_progress_before_them() {
        var steps = new ArrayList<Double>();
        var call = new McpCall("events", Connected.text(""), LONG, LONG, step -> steps.add(step.done()));

        assertThat(peer.call("json", "").text()).isEqualTo("json");
        assertThat(await(peer.start(call).result()).text()).isEqualTo("events");
        assertThat(steps).containsExactly(1.0);
        assertThat(endpoint.seen())
                .startsWith("POST null null", "POST s1 2025-06-18")
                .contains("GET s1 2025-06-18");
    }

    @Test
    void a_stream_that_breaks_is_resumed_after_its_last_event() {
        assertThat(peer.call("broken", "").text()).isEqualTo("resumed");
    }

    @Test
    void without_an_event_to_go_on_from_the_outcome_is_unknown() {
        assertThatThrownBy(() -> peer.call("lost", "")).extracting("code").isEqualTo(McpFailure.UNKNOWN_OUTCOME);
    }

    @Test
    void a_forgotten_session_is_begun_anew_once_and_the_call_repeated() {
        endpoint.forget();

        assertThat(peer.call("json", "").text()).isEqualTo("json");
        assertThat(endpoint.seen()).endsWith("POST s2 2025-06-18");
    }

    @Test
    void refusals_are_told_apart() {
        assertThatThrownBy(() -> peer.call("unauthorized", ""))
                .extracting("code")
                .isEqualTo(McpFailure.UNAUTHORIZED);
        assertThatThrownBy(() -> peer.call("redirect", ""))
                .hasMessageContaining("307; redirects are not followed")
                .extracting("code")
                .isEqualTo(McpFailure.PROTOCOL);
        assertThatThrownBy(() -> peer.call("down", "")).extracting("code").isEqualTo(McpFailure.SERVER_GONE);
        assertThatThrownBy(() -> peer.call("huge", "")).extracting("code").isEqualTo(McpFailure.TOO_LARGE);
        assertThat(peer.call("json", "").text())
                .as("the connection is still good")
                .isEqualTo("json");
    }

    @Test
    void a_server_that_is_not_there_is_said_to_be_gone() {
        var nowhere = new HttpAddress(URI.create("http://127.0.0.1:1/mcp"), Map.of());

        assertThatThrownBy(() -> Connected.open(vertx, () -> new HttpTransport(vertx, nowhere, LIMITS), LIMITS))
                .hasMessageContaining("http://127.0.0.1:1 cannot be reached")
                .extracting("code")
                .isEqualTo(McpFailure.SERVER_GONE);
    }

    @Test
    void events_are_the_same_however_the_stream_is_cut() {
        var stream = ": hi\n\nid: 1\ndata: a\ndata: b\n\nevent: other\rdata: c\r\rdata: d\r\n\r\n: end\n\n";
        var bytes = stream.getBytes(StandardCharsets.UTF_8);
        var parser = new EventParser(1_000);
        var found = new ArrayList<String>();
        for (byte one : bytes) {
            parser.feed(Buffer.buffer(new byte[] {one}))
                    .forEach(event ->
                            found.add(event.type() + event.id() + new String(event.data(), StandardCharsets.UTF_8)));
        }

        assertThat(found).containsExactly("message1a\nb\n", "other1c\n", "message1d\n");
    }
}
