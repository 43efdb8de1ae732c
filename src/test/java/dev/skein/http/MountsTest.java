package dev.skein.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.auth.Principal;
import dev.skein.http.guard.Gate;
import io.vertx.core.Promise;
import io.vertx.core.http.ServerWebSocket;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pages and feeds that others add. */
class MountsTest {
    private static EdgeServer server;

    @BeforeAll
    static void open() {
        var mounts = new Mounts(options -> options, List.of(router -> {
            router.get("/api/v1/live")
                    .handler(call -> call.request().toWebSocket().onSuccess(MountsTest::echo));
            router.get("/api/v1/snapshot").handler(call -> {
                Principal principal = call.get(Gate.PRINCIPAL);
                call.response().end(principal.subject());
            });
            router.get("/")
                    .handler(call -> call.response()
                            .putHeader("content-security-policy", "default-src 'self'")
                            .end("page"));
            router.get("/broken").handler(call -> {
                throw new IllegalStateException("a secret");
            });
        }));
        server = new EdgeServer().mounts(mounts).open();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static void echo(ServerWebSocket socket) {
        socket.textMessageHandler(socket::writeTextMessage);
    }

    @Test
    void a_websocket_passes_the_gate() {
        Promise<String> heard = Promise.promise();
        var client = server.vertx.createWebSocketClient();

        var socket = EdgeServer.await(client.connect(server.port(), "127.0.0.1", "/api/v1/live"));
        socket.textMessageHandler(heard::tryComplete);
        socket.writeTextMessage("hello");

        assertThat(EdgeServer.await(heard.future())).isEqualTo("hello");
    }

    @Test
    void a_mounted_path_of_the_contract_knows_who_calls() {
        assertThat(server.ask("GET", "/api/v1/snapshot")
                        .key(EdgeServer.VIEWER)
                        .send()
                        .text())
                .isEqualTo("eyes");
        assertThat(server.ask("GET", "/api/v1/snapshot").send().status()).isEqualTo(401);
    }

    @Test
    void a_page_is_open_and_may_have_its_own_policy() {
        var page = server.ask("GET", "/").send();

        assertThat(page.text()).isEqualTo("page");
        assertThat(page.header("content-security-policy")).isEqualTo("default-src 'self'");
        assertThat(page.header("x-content-type-options")).isEqualTo("nosniff");
    }

    @Test
    void a_page_that_breaks_says_nothing_of_it() {
        var reply = server.ask("GET", "/broken").send();

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.code()).isEqualTo("internal");
        assertThat(reply.text()).doesNotContain("secret");
    }

    @Test
    void what_is_mounted_nowhere_is_not_found() {
        assertThat(server.ask("POST", "/api/v1/tickets")
                        .key(EdgeServer.ADMIN)
                        .body("{}")
                        .send()
                        .code())
                .isEqualTo("not_found");
        assertThat(server.ask("POST", "/").send().code()).isEqualTo("method_not_allowed");
    }
}
