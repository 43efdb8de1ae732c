package dev.skein.coordinator.alert.notice;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.skein.connector.out.Channel;
import dev.skein.connector.out.Message;
import dev.skein.pipeline.Alerts.Alert;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Posts JSON: the alert itself, or what Slack's incoming webhooks want. */
final class WebhookReceiver implements Receiver {
    private static final JsonFactory JSON = new JsonFactory();

    private final String name;
    private final boolean isSlack;
    private final Channel channel;

    WebhookReceiver(String name, boolean isSlack, Channel channel) {
        this.name = name;
        this.isSlack = isSlack;
        this.channel = channel;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Future<Void> tell(Notice notice) {
        var id = notice.alert().id() + "@" + notice.alert().since() + (notice.isNew() ? "" : "/resolved");
        var message = new Message(id, isSlack ? slack(notice) : plain(notice));
        return (channel.isOpen() ? Future.<Void>succeededFuture() : channel.open())
                .compose(open -> channel.send(message))
                .onFailure(cause -> channel.close()); // the address is looked up and checked anew
    }

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    private static String slack(Notice notice) {
        return written(json -> json.writeStringField("text", notice.headline()));
    }

    private static String plain(Notice notice) {
        return written(json -> {
            json.writeStringField("cluster", notice.cluster());
            json.writeStringField("event", notice.isNew() ? "opened" : "resolved");
            write(notice.alert(), json);
        });
    }

    private static void write(Alert alert, JsonGenerator json) throws IOException {
        json.writeStringField("id", alert.id());
        json.writeStringField("rule", alert.rule());
        json.writeStringField("severity", alert.severity());
        json.writeStringField("text", alert.text());
        json.writeStringField("since", alert.since().toString());
        var resolved = alert.resolvedAt();
        json.writeStringField("resolved_at", resolved == null ? null : resolved.toString());
    }

    private static String written(Body body) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    @Override
    public void close() {
        channel.close();
    }
}
