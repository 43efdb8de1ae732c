package dev.skein.coordinator.alert;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.bus.Bus;
import dev.skein.bus.NodeAddress;
import dev.skein.cluster.Membership;
import dev.skein.config.Secret;
import dev.skein.connector.LinkRig;
import dev.skein.coordinator.scaling.ScalingConfig;
import dev.skein.coordinator.signal.SignalConfig;
import dev.skein.kernel.SteadyClock;
import dev.skein.pipeline.Alerts;
import dev.skein.pipeline.Observation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node of a cluster without a leader, until one comes. */
class AbsenceVerticleTest {
    private static final Duration SOON = Duration.ofMillis(100);

    private final Vertx vertx = Vertx.vertx();
    private final Bus bus = new Bus(vertx, NodeAddress.of("edge-1"));
    private final BlockingQueue<JsonObject> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<Alerts.Report> reported = new LinkedBlockingQueue<>();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(30, SECONDS);
    }

    @Test
    void it_raises_that_nobody_leads_tells_once_and_reports_it_to_who_leads_next() throws Exception {
        bus.register(List.of(Alerts.HERE, Alerts.LEADERLESS, Alerts.REPORT, Observation.LEADER));
        var network = LinkRig.config(List.of("loopback"), Duration.ofSeconds(30));
        var config = new AlertConfig(
                new Secret(receiver()), null, null, 3, ScalingConfig.DEFAULTS, SignalConfig.DEFAULTS, SOON);
        var watch = new AlertWatch(config, network);
        var alone = Membership.alone(bus.here());
        vertx.deployVerticle(new AbsenceVerticle(bus, watch, "skein", alone, SteadyClock.system()))
                .await(30, SECONDS);

        assertThat(told.poll(30, SECONDS).getString("event")).isEqualTo("opened");
        var own = bus.askAt(bus.here(), Alerts.HERE, new Alerts.ListAll("open", 1, 0), Duration.ofSeconds(30))
                .await(30, SECONDS);
        assertThat(own.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.id()).isEqualTo("no-leader"));

        lead();

        assertThat(reported.poll(30, SECONDS).text()).contains("edge-1");
        assertThat(told.poll(30, SECONDS).getString("event")).isEqualTo("resolved");
        assertThat(told).isEmpty();
    }

    private void lead() throws Exception {
        bus.serve(Alerts.REPORT, report -> {
                    reported.add(report);
                    return Future.succeededFuture(new Alerts.Reported(true));
                })
                .completion()
                .await(30, SECONDS);
        bus.serve(Observation.LEADER, ask -> Future.succeededFuture(new Observation.Leader("c1", 2, null)))
                .completion()
                .await(30, SECONDS);
    }

    private String receiver() throws Exception {
        var server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    told.add(body.toJsonObject());
                    request.response().end();
                }));
        return "http://127.0.0.1:"
                + server.listen(0, "127.0.0.1").await(30, SECONDS).actualPort() + "/";
    }
}
