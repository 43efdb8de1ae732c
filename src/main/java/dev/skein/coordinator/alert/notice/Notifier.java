package dev.skein.coordinator.alert.notice;

import dev.skein.config.Secret;
import dev.skein.connector.ConnectorConfig;
import dev.skein.connector.Label;
import dev.skein.connector.Owner;
import dev.skein.connector.Values;
import dev.skein.connector.net.AllowList;
import dev.skein.connector.net.Outgoing;
import dev.skein.connector.webhook.WebhookChannel;
import dev.skein.coordinator.alert.AlertConfig;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells every receiver of every change, one at a time each. Confined to one event loop. */
public final class Notifier {
    private static final Logger log = LoggerFactory.getLogger(Notifier.class);
    private static final int WAITING_MAX = 1_000;
    private static final int DOUBLINGS_MAX = 6;

    private final Vertx vertx;
    private final int attemptsMax;
    private final Duration firstWait;
    private final Duration timeout;
    private final List<Line> lines = new ArrayList<>();

    private static final class Line {
        private final Receiver receiver;
        private final ArrayDeque<Notice> waiting = new ArrayDeque<>();
        private boolean telling;

        Line(Receiver receiver) {
            this.receiver = receiver;
        }
    }

    /** @param network where to one may connect, how long that may take, and how long to wait before a retry */
    public Notifier(Vertx vertx, AlertConfig config, ConnectorConfig network) {
        this.vertx = vertx;
        this.attemptsMax = config.attemptsMax();
        this.firstWait = network.retry().first();
        this.timeout = network.timeout();
        var outgoing = new Outgoing(vertx, new AllowList(network.allow()));
        add("webhook", config.webhook(), outgoing);
        add("slack", config.slack(), outgoing);
        var mail = config.mail();
        if (mail != null) {
            lines.add(new Line(new MailReceiver(vertx, mail)));
        }
    }

    private void add(String name, @Nullable Secret url, Outgoing outgoing) {
        if (url != null) {
            var label = new Label(new Owner(null, "alerts", 0), name, "http");
            var values = new Values("alert." + name, Map.of("url", url.reveal()));
            var channel = new WebhookChannel(values, label, vertx, outgoing, timeout);
            lines.add(new Line(new WebhookReceiver(name, name.equals("slack"), channel)));
        }
    }

    public boolean hasReceivers() {
        return !lines.isEmpty();
    }

    /** Does not wait. */
    public void tell(Notice notice) {
        for (var line : lines) {
            if (line.waiting.size() < WAITING_MAX) {
                line.waiting.add(notice);
                tellOn(line);
            } else {
                log.warn(
                        "{} is not told of {}: too much waits",
                        line.receiver.name(),
                        notice.alert().id());
            }
        }
    }

    private void tellOn(Line line) {
        var next = line.waiting.peek();
        if (next != null && !line.telling) {
            line.telling = true;
            attempt(line, next, 1);
        }
    }

    private void attempt(Line line, Notice notice, int attempt) {
        line.receiver
                .tell(notice)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(told -> {
                    if (told.failed() && attempt < attemptsMax) {
                        long wait = firstWait.toMillis() << Math.min(attempt - 1, DOUBLINGS_MAX);
                        vertx.setTimer(wait, again -> attempt(line, notice, attempt + 1));
                        return;
                    }
                    if (told.failed()) {
                        log.warn(
                                "{} could not be told of {} in {} attempts: {}",
                                line.receiver.name(),
                                notice.alert().id(),
                                attempt,
                                told.cause().getMessage());
                    }
                    line.waiting.poll();
                    line.telling = false;
                    tellOn(line);
                });
    }

    public void close() {
        lines.forEach(line -> line.receiver.close());
    }
}
