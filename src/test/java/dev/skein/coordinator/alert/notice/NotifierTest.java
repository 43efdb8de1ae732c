package dev.skein.coordinator.alert.notice;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.skein.config.Secret;
import dev.skein.connector.LinkRig;
import dev.skein.coordinator.alert.AlertConfig;
import dev.skein.coordinator.alert.AlertConfig.Mail;
import dev.skein.coordinator.scaling.ScalingConfig;
import dev.skein.coordinator.signal.SignalConfig;
import dev.skein.pipeline.Alerts.Alert;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotifierTest {
    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<JsonObject> bodies = new LinkedBlockingQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger failing = new AtomicInteger();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, SECONDS);
    }

    @Test
    void a_webhook_is_told_when_an_alert_begins_and_ends_in_spite_of_failures() throws Exception {
        failing.set(2);
        var notifier = notifier(new Secret(serve()), null, null);

        notifier.tell(new Notice("skein", alert(null), true));
        notifier.tell(new Notice("skein", alert(Instant.EPOCH.plusSeconds(9)), false));

        var first = bodies.poll(10, SECONDS);
        assertThat(first.getString("event")).isEqualTo("opened");
        assertThat(first.getString("id")).isEqualTo("worker-unhealthy:w1");
        assertThat(bodies.poll(10, SECONDS).getString("event")).isEqualTo("resolved");
        assertThat(calls).hasValue(4);
    }

    @Test
    void slack_gets_a_text() throws Exception {
        var notifier = notifier(null, new Secret(serve()), null);

        notifier.tell(new Notice("skein", alert(null), true));

        assertThat(bodies.poll(10, SECONDS))
                .isEqualTo(new JsonObject().put("text", "[skein] critical: Worker w1 does not report"));
    }

    @Test
    void attempts_are_capped_and_the_next_notice_goes_on() throws Exception {
        failing.set(3);
        var notifier = notifier(new Secret(serve()), null, null);

        notifier.tell(new Notice("lost", alert(null), true));
        notifier.tell(new Notice("told", alert(null), true));

        assertThat(bodies.poll(10, SECONDS).getString("cluster")).isEqualTo("told");
        assertThat(calls).hasValue(4);
        assertThat(bodies).isEmpty();
    }

    @Test
    void a_mail_is_sent_with_what_is_known() throws Exception {
        var server = new GreenMail(ServerSetup.SMTP.dynamicPort());
        server.start();
        try {
            server.setUser("skein", "secret");
            int port = server.getSmtp().getPort();
            var mail = new Mail(
                    "127.0.0.1",
                    port,
                    "disabled",
                    "skein@example.org",
                    List.of("ops@example.org"),
                    "skein",
                    new Secret("secret"));
            notifier(null, null, mail).tell(new Notice("skein", alert(null), true));

            assertThat(server.waitForIncomingEmail(10_000, 1)).isTrue();
            var message = server.getReceivedMessages()[0];
            assertThat(message.getSubject()).isEqualTo("[skein] critical: Worker w1 does not report");
            assertThat(message.getAllRecipients()[0]).hasToString("ops@example.org");
            assertThat(GreenMailUtil.getBody(message)).contains("worker-unhealthy:w1", "1970-01-01T00:00:00Z");
        } finally {
            server.stop();
        }
    }

    private Notifier notifier(@Nullable Secret webhook, @Nullable Secret slack, @Nullable Mail mail) {
        var network = LinkRig.config(List.of("loopback"), Duration.ofSeconds(5));
        return new Notifier(
                vertx,
                new AlertConfig(
                        webhook, slack, mail, 3, ScalingConfig.DEFAULTS, SignalConfig.DEFAULTS, Duration.ofSeconds(15)),
                network);
    }

    private String serve() throws Exception {
        var server = vertx.createHttpServer().requestHandler(request -> {
            calls.incrementAndGet();
            if (failing.getAndDecrement() > 0) {
                request.response().setStatusCode(500).end();
                return;
            }
            request.body().onSuccess(body -> {
                bodies.add(body.toJsonObject());
                request.response().end();
            });
        });
        return "http://127.0.0.1:"
                + server.listen(0, "127.0.0.1").await(5, SECONDS).actualPort() + "/";
    }

    private static Alert alert(@Nullable Instant resolvedAt) {
        return new Alert(
                "worker-unhealthy:w1",
                "worker-unhealthy",
                "critical",
                "Worker w1 does not report",
                resolvedAt == null ? "open" : "resolved",
                Instant.EPOCH,
                1,
                resolvedAt,
                1,
                null);
    }
}
