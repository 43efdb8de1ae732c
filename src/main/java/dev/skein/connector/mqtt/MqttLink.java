package dev.skein.connector.mqtt;

import dev.skein.connector.in.Incoming;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** One connection to a broker, used once. Futures complete on the library's threads. */
interface MqttLink {
    /** @param isKept whether the broker keeps the session for a while when the connection is lost */
    CompletionStage<?> connect(boolean isKept);

    /** Completes when the broker has it, by its quality of service. */
    CompletionStage<?> publish(byte[] payload);

    /** Before connecting: a kept session brings its messages before the subscription is renewed. */
    void receive(Consumer<Incoming> receiver);

    CompletionStage<?> subscribe();

    void disconnect();
}
