package dev.skein.cli.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.cli.FakeCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertCommandTest {
    private static final String DOWN = """
            {"id":"worker-unhealthy:worker-3","rule":"worker-unhealthy","severity":"critical","text":"Worker worker-3 \
            does not report","state":"open","since":"2026-01-15T10:00:00.000Z","age_secs":60,"times":1}""";
    private static final String SLOW = """
            {"id":"store-slow","rule":"store-slow","severity":"warning","text":"A write takes 2000 ms",\
            "state":"resolved","since":"2026-01-15T09:00:00.000Z","age_secs":5,"times":2,\
            "resolved_at":"2026-01-15T09:00:05.000Z"}""";
    private static final String ALL = "{\"alerts\":[" + DOWN + "," + SLOW
            + "],\"total\":2,\"pagination\":{\"total\":2,\"limit\":1000,\"offset\":0,\"has_more\":false}}";
    private static final String ACK = "/api/v1/alerts/worker-unhealthy%3Aworker-3/ack";

    private final FakeCluster cluster = new FakeCluster().on("GET /api/v1/alerts", 200, ALL);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void alerts_are_listed_and_filtered_by_state() {
        assertThat(cluster.run("alert", "list").out()).contains("worker-unhealthy:worker-3", "critical", "store-slow");

        var open = cluster.run("alerts", "list", "--filter", "state=open", "-o", "json");

        assertThat(open.exit()).as(open.err()).isZero();
        assertThat(open.out())
                .startsWith("{\"schema\":1,\"items\":[{\"id\":\"worker-unhealthy:worker-3\"")
                .doesNotContain("store-slow");
    }

    @Test
    void an_alert_is_shown_by_the_beginning_of_its_id() {
        var run = cluster.run("alert", "get", "store", "-o", "json");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("\"resolved_at\":\"2026-01-15T09:00:05.000Z\"");
        assertThat(cluster.run("alert", "get", "no-leader").exit()).isEqualTo(3);
    }

    @Test
    void acknowledging_says_for_how_long_and_why() {
        cluster.on("POST " + ACK, 200, DOWN.replace("\"open\"", "\"acknowledged\""));

        var run = cluster.run("alert", "ack", "worker-un", "--for", "2h", "--reason", "disk swap");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("acknowledged");
        assertThat(cluster.last("POST " + ACK).body()).isEqualTo("{\"for_secs\":7200,\"reason\":\"disk swap\"}");
    }

    @Test
    void an_alert_that_is_over_cannot_be_acknowledged() {
        cluster.on("POST /api/v1/alerts/store-slow/ack", 404, """
                {"error":"no alert store-slow","code":"alert_not_found","request_id":"r-1"}""");

        assertThat(cluster.run("alert", "ack", "store-slow").exit()).isEqualTo(3);
        assertThat(cluster.run("alert", "ack", "store-slow", "--for", "31d").exit())
                .isEqualTo(2);
    }
}
