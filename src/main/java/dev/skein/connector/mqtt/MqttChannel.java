package dev.skein.connector.mqtt;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.pubrec.Mqtt5PubRecReasonCode;
import dev.skein.connector.Around;
import dev.skein.connector.Label;
import dev.skein.connector.Values;
import dev.skein.connector.net.Outgoing;
import dev.skein.connector.out.Channel;
import dev.skein.connector.out.Message;
import dev.skein.connector.out.SendFailure;
import dev.skein.connector.out.SendFailure.Blame;
import io.vertx.core.Future;

/** Publishes to one topic of a broker. */
public final class MqttChannel implements Channel {
    /** Messages under way at once. */
    static final int WINDOW = 64;

    private final MqttBroker broker;

    /** Fails with a {@link dev.skein.kernel.Problem} when a parameter cannot work. */
    public MqttChannel(Values values, Label label, Outgoing outgoing, Around around) {
        var settings = MqttSettings.of(values, label.owner());
        if (!settings.isTopicName()) {
            throw values.wrong("topic", "must not hold # or + to be published to");
        }
        this.broker = new MqttBroker(settings, outgoing, around);
    }

    @Override
    public Future<Void> open() {
        return broker.connect().recover(cause -> Future.failedFuture(new SendFailure(Blame.TARGET, Reasons.of(cause))));
    }

    @Override
    public boolean isOpen() {
        return broker.isConnected();
    }

    @Override
    public int window() {
        return WINDOW;
    }

    @Override
    public Future<Void> send(Message message) {
        return broker.publish(message.body())
                .recover(cause -> Future.failedFuture(new SendFailure(blame(cause), Reasons.of(cause))));
    }

    private static Blame blame(Throwable cause) {
        for (var c = cause; c != null; c = c.getCause()) {
            if (c instanceof Mqtt5PubAckException refused) {
                boolean isQuota = refused.getMqttMessage().getReasonCode() == Mqtt5PubAckReasonCode.QUOTA_EXCEEDED;
                return isQuota ? Blame.ATTEMPT : Blame.MESSAGE;
            }
            if (c instanceof Mqtt5PubRecException refused) {
                boolean isQuota = refused.getMqttMessage().getReasonCode() == Mqtt5PubRecReasonCode.QUOTA_EXCEEDED;
                return isQuota ? Blame.ATTEMPT : Blame.MESSAGE;
            }
        }
        return Blame.TARGET;
    }

    @Override
    public void onLost(Runnable handler) {
        broker.onLost(handler);
    }

    @Override
    public void close() {
        broker.close();
    }
}
