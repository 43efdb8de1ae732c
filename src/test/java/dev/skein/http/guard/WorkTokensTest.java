package dev.skein.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.auth.Role;
import dev.skein.http.EdgeServer;
import dev.skein.http.contract.Access;
import dev.skein.http.contract.Contract;
import dev.skein.http.contract.Operation;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a token is good for that was sent with a job to a worker over HTTP. */
class WorkTokensTest {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static EdgeServer server;

    @BeforeAll
    static void open() {
        server = new EdgeServer().rates(new Limits.Rates(0, 0, 0, 0, 0)).open();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static String tokenFor(String worker) {
        return server.tokens.issueForWork("coordinator:a", worker, LIFE).token();
    }

    private static String here() {
        return "127.0.0.1:" + server.port();
    }

    private static int statusOf(Operation operation, String token) {
        var path = operation.path().replaceAll("\\{[a-z_]+}", "x");
        return server.ask(operation.method(), path).token(token).send().status();
    }

    @Test
    void one_that_was_made_for_this_node_lets_its_bearer_send_jobs_and_do_nothing_else() {
        var token = tokenFor(here());
        int taken = 0;

        for (var operation : Contract.load().operations()) {
            if (operation.takesWork()) {
                taken++;
                assertThat(statusOf(operation, token)).as(operation.id()).isNotIn(401, 403);
            } else if (operation.access() != Access.OPEN) {
                assertThat(statusOf(operation, token)).as(operation.id()).isEqualTo(401);
            }
        }
        assertThat(taken).isEqualTo(3);
    }

    @Test
    void one_that_was_made_for_another_worker_is_refused_everywhere() {
        var elsewhere = tokenFor("w1.example:3003");

        for (var operation : Contract.load().operations()) {
            if (operation.access() != Access.OPEN) {
                assertThat(statusOf(operation, elsewhere)).as(operation.id()).isEqualTo(401);
            }
        }
    }

    @Test
    void an_operator_may_send_jobs_and_a_viewer_may_not() {
        var operator = server.tokens.issue("o", Role.OPERATOR, LIFE).token();
        var viewer = server.tokens.issue("v", Role.VIEWER, LIFE).token();
        var body = "{\"id\":\"j\",\"type\":\"exec\"}";

        assertThat(server.ask("POST", "/jobs").token(operator).body(body).send().status())
                .isNotIn(401, 403);
        assertThat(server.ask("POST", "/jobs").token(viewer).body(body).send().status())
                .isEqualTo(403);
    }
}
