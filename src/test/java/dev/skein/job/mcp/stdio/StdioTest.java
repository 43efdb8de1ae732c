package dev.skein.job.mcp.stdio;

import static dev.skein.job.mcp.peer.Connected.await;
import static dev.skein.job.mcp.peer.Connected.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.fault.jobs.Living;
import dev.skein.job.mcp.McpCall;
import dev.skein.job.mcp.McpFailure;
import dev.skein.job.mcp.McpLimits;
import dev.skein.job.mcp.McpTool;
import dev.skein.job.mcp.peer.Connected;
import dev.skein.job.mcp.peer.FakeServer;
import dev.skein.kernel.Problem;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client and a server that misbehaves, in a process of its own. */
class StdioTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final McpLimits LIMITS = new McpLimits(LONG, 1 << 20, Duration.ofSeconds(5), Duration.ofMillis(500));

    private final Vertx vertx = Vertx.vertx();
    private Warden warden;
    private StdioTransport transport;
    private Connected peer;

    @BeforeEach
    void start() throws IOException {
        warden = Warden.start();
    }

    @AfterEach
    void stop() {
        if (peer != null) {
            peer.ask(peer.client::close);
        }
        await(vertx.close());
        warden.close();
    }

    private Connected connect(ServerCommand command) {
        peer = Connected.make(vertx, () -> transport = new StdioTransport(vertx, command, warden, LIMITS), LIMITS);
        return peer;
    }

    private Connected open(String... arguments) {
        var connected = connect(FakeServer.command(arguments));
        connected.ask(connected.client::open);
        return connected;
    }

    @Test
    void a_call_is_answered_and_its_failures_are_told_apart() {
        open("2024-11-05");

        assertThat(peer.call("echo", "hello").text()).isEqualTo("hello");
        assertThat(peer.call("noise", "").text()).isEqualTo("after the noise");
        assertThat(peer.call("fail", ""))
                .matches(result -> result.failed())
                .matches(result -> result.text().equals("it broke"));
        assertThatThrownBy(() -> peer.call("refuse", ""))
                .hasMessageContaining("-32602: no such thing")
                .extracting("code")
                .isEqualTo(McpFailure.REFUSED);
        assertThatThrownBy(() -> peer.call("neither", "")).extracting("code").isEqualTo(McpFailure.PROTOCOL);
        assertThat(peer.ask(peer.client::tools)).extracting(McpTool::name).containsExactly("first", "second");
        assertThat(peer.ask(() -> peer.client.ping().map("pong"))).isEqualTo("pong");
    }

    @Test
    void only_rising_progress_is_passed_on() {
        open("2025-11-25");
        var steps = new ArrayList<Double>();

        var call = new McpCall("steps", text(""), LONG, LONG, step -> steps.add(step.done()));
        await(peer.start(call).result());

        assertThat(steps).containsExactly(1.0, 2.0, 3.0);
    }

    @Test
    void the_server_may_ask_too_and_is_told_of_cancelled_calls() {
        open("2025-11-25");
        var hanging = peer.start(new McpCall("ask", text(""), LONG));

        assertThat(peer.call("echo", "meanwhile").text()).isEqualTo("meanwhile");
        peer.cancel(hanging);

        assertThatThrownBy(() -> await(hanging.result())).extracting("code").isEqualTo(McpFailure.CANCELLED);
        assertThat(peer.call("heard", "").text())
                .contains("'id':'a','result':{}", "'id':'b','error':{'code':-32601", "notifications/cancelled")
                .contains("the test says so");
        assertThat(peer.client.isClean()).as("within its grace").isTrue();
    }

    @Test
    void silence_beyond_its_limit_ends_a_call() {
        open("2025-11-25");

        var brief = new McpCall("hang", text(""), Duration.ofMillis(50), LONG, step -> {});

        assertThatThrownBy(() -> await(peer.start(brief).result()))
                .hasMessage("neither answer nor progress within 50 ms")
                .extracting("code")
                .isEqualTo(McpFailure.TIME_OUT);
        assertThat(peer.call("heard", "").text()).contains("notifications/cancelled");
    }

    @Test
    void a_server_that_ends_fails_every_call_at_once_with_its_code_and_last_words() {
        open("2025-11-25");
        var hanging = peer.start(new McpCall("hang", text(""), LONG));

        assertThatThrownBy(() -> peer.call("exit", "")).hasMessageEndingWith("ended with code 3");

        assertThatThrownBy(() -> await(hanging.result())).isInstanceOfSatisfying(Problem.class, gone -> {
            assertThat(gone.code()).isEqualTo(McpFailure.SERVER_GONE);
            assertThat(gone.details()).containsExactly("fake server is up", "about to fail");
        });
        assertThatThrownBy(() -> peer.call("echo", "")).extracting("code").isEqualTo(McpFailure.SERVER_GONE);
    }

    @Test
    void a_killed_server_fails_its_calls_with_the_signal() {
        open("2025-11-25");
        var hanging = peer.start(new McpCall("hang", text(""), LONG));

        ProcessHandle.of(transport.group()).orElseThrow().destroyForcibly();

        assertThatThrownBy(() -> await(hanging.result())).hasMessageEndingWith("was ended by signal 9");
    }

    @Test
    void too_large_a_message_ends_the_connection() {
        open("2025-11-25");

        assertThatThrownBy(() -> peer.call("huge", "")).extracting("code").isEqualTo(McpFailure.TOO_LARGE);
        assertThatThrownBy(() -> peer.call("echo", "x".repeat(2 << 20))).isInstanceOf(Problem.class);
    }

    @Test
    void an_unknown_version_and_a_missing_program_fail_the_start() {
        connect(FakeServer.command("2023-01-01"));
        assertThatThrownBy(() -> peer.ask(peer.client::open)).hasMessageContaining("speaks version '2023-01-01'");

        connect(new ServerCommand(List.of("/nowhere/server"), Map.of(), null));
        assertThatThrownBy(() -> peer.ask(peer.client::open))
                .isInstanceOfSatisfying(
                        Problem.class,
                        gone -> assertThat(gone.details().toString()).contains("/nowhere/server"));
    }

    @Test
    void a_server_sees_only_the_environment_it_may() {
        open("2025-11-25");

        assertThat(peer.call("environment", "").text().split(" "))
                .contains("GIVEN", "PATH")
                .isSubsetOf("GIVEN", "HOME", "LOGNAME", "PATH", "SHELL", "TERM", "USER", "PWD", "_");
    }

    @Test
    void the_death_of_this_process_ends_its_servers_too() {
        open("2025-11-25");
        var server = ProcessHandle.of(transport.group()).orElseThrow();

        warden.close(); // its input ends, as it does when this process is killed

        assertThat(server.onExit()).succeedsWithin(LONG);
    }

    @Test
    void closing_leaves_no_process_of_the_group_not_even_a_grandchild() {
        open("2025-11-25", "sleep 600");
        var server = ProcessHandle.of(transport.group()).orElseThrow();
        var sleeper = server.descendants()
                .filter(process -> process.info().command().orElse("").endsWith("sleep"))
                .findFirst()
                .orElseThrow();

        peer.ask(peer.client::close);

        assertThat(server.onExit()).succeedsWithin(LONG);
        Living.await("the grandchild", () -> Living.is(sleeper.pid()) ? List.of(sleeper.pid()) : List.of());
    }

    @Test
    void a_program_that_ignores_both_end_of_input_and_sigterm_is_killed() {
        var stubborn =
                new ServerCommand(List.of("/bin/sh", "-c", "trap '' TERM; while :; do sleep 1; done"), Map.of(), null);
        var impatient = new McpLimits(Duration.ofMillis(300), 1 << 20, LONG, Duration.ofMillis(200));
        peer = Connected.make(
                vertx, () -> transport = new StdioTransport(vertx, stubborn, warden, impatient), impatient);

        assertThatThrownBy(() -> peer.ask(peer.client::open)).extracting("code").isEqualTo(McpFailure.TIME_OUT);

        assertThat(transport.group()).isZero();
    }
}
