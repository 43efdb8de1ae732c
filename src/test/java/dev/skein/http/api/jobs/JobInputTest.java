package dev.skein.http.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.http.EdgeServer;
import dev.skein.job.Jobs;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the values of a submission may be, and that they arrive as they were sent. */
class JobInputTest {
    private static EdgeServer server;

    @BeforeAll
    static void open() {
        server = new EdgeServer().open();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static EdgeServer.Reply submit(String body) {
        return server.ask("POST", "/api/v1/jobs")
                .key(EdgeServer.ADMIN)
                .body(body)
                .send();
    }

    @Test
    void a_number_is_kept_though_no_double_holds_it() {
        var reply = submit("""
                {"type":"exec","payload":[1e400,1e-400,123456789.123456789123456789,100.0,2.50,7]}""");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(server.neighbours.last(Jobs.Submit.class).spec().payload())
                .isEqualTo("[1E+400,1E-400,123456789.123456789123456789,100.0,2.50,7]");
    }
}
