package dev.skein.connector.mqtt;

import dev.skein.connector.Around;
import dev.skein.connector.Label;
import dev.skein.connector.Values;
import dev.skein.connector.in.Incoming;
import dev.skein.connector.in.Inlet;
import dev.skein.connector.net.Outgoing;
import io.vertx.core.Future;
import java.util.function.Consumer;

/** Subscribes to one filter of a broker. */
public final class MqttInlet implements Inlet {
    private final MqttBroker broker;
    private final boolean isKept;

    /** Fails with a {@link dev.skein.kernel.Problem} when a parameter cannot work. */
    public MqttInlet(Values values, Label label, Outgoing outgoing, Around around) {
        var settings = MqttSettings.of(values, label.owner()).shared(label.owner(), label.connector());
        this.isKept = settings.sessionSeconds() > 0;
        this.broker = new MqttBroker(settings, outgoing, around);
    }

    @Override
    public Future<Void> open(Consumer<Incoming> receiver) {
        return broker.subscribe(isKept, receiver).recover(cause -> Future.failedFuture(Reasons.of(cause)));
    }

    @Override
    public boolean isOpen() {
        return broker.isConnected();
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
