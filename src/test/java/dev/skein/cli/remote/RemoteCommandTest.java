package dev.skein.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.cli.FakeCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteCommandTest {
    private static final String ALL = """
            {"workers":[{"id":"worker-0","address":"worker-0@1","status":"ready","remote":false},
             {"id":"w1.local:3003","address":"w1.local:3003","capabilities":["context7"],"status":"unreachable",
              "remote":true,"reason":"no answer","running":1,"limit":3}],"total":2,"healthy":1}""";

    private final FakeCluster cluster = new FakeCluster().on("GET /api/workers/status", 200, ALL);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void those_that_are_no_members_are_listed_with_why_one_is_left_out() {
        var run = cluster.run("remote", "list");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("w1.local:3003", "unreachable", "no answer", "context7")
                .doesNotContain("worker-0");
    }

    @Test
    void one_is_added_with_its_capabilities() {
        cluster.on("POST /api/workers/add", 201, """
                {"id":"[fd00::1]:3003","address":"[fd00::1]:3003","capabilities":["cipher","context7"],
                 "status":"healthy","existing":false}""");

        var run = cluster.run("remote", "add", "[fd00::1]:3003", "--capability", "context7,cipher");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("[fd00::1]:3003", "healthy");
        assertThat(cluster.last("POST /api/workers/add").body())
                .isEqualTo("{\"host\":\"[fd00::1]\",\"port\":3003,\"capabilities\":[\"context7\",\"cipher\"]}");
    }

    @Test
    void what_is_no_address_is_refused_before_anything_is_sent() {
        assertThat(cluster.run("remote", "add", "w1.local").exit()).isEqualTo(2);
        assertThat(cluster.run("remote", "add", "fd00::1:3003").exit()).isEqualTo(2);
    }

    @Test
    void one_that_is_removed_must_have_been_there() {
        cluster.on("DELETE /api/workers/remove/w1.local%3A3003", 200, "{\"removed\":true,\"requeued\":1}")
                .on("DELETE /api/workers/remove/w2.local%3A3003", 404, """
                        {"error":"no remote worker","code":"worker_not_found","request_id":"r-1"}""");

        assertThat(cluster.run("remote", "delete", "w1.local:3003", "--yes").exit())
                .isZero();
        assertThat(cluster.run("remote", "remove", "w2.local:3003", "--yes").exit())
                .isEqualTo(3);
    }
}
