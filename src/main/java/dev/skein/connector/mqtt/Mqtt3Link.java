package dev.skein.connector.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import dev.skein.connector.in.Incoming;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Version 3.1.1. */
final class Mqtt3Link implements MqttLink {
    private final MqttSettings settings;
    private final Mqtt3AsyncClient client;

    Mqtt3Link(MqttSettings settings, InetSocketAddress address, long timeoutMillis, Runnable onLost) {
        this.settings = settings;
        var builder = Mqtt3Client.builder()
                .identifier(settings.clientId())
                .transportConfig()
                .serverAddress(address)
                .socketConnectTimeout(timeoutMillis, TimeUnit.MILLISECONDS)
                .mqttConnectTimeout(timeoutMillis, TimeUnit.MILLISECONDS)
                .applyTransportConfig()
                .addDisconnectedListener(lost -> onLost.run());
        this.client = (settings.isTls() ? builder.sslWithDefaultConfig() : builder).buildAsync();
    }

    @Override
    public CompletionStage<?> connect(boolean isKept) {
        return client.connectWith()
                .cleanSession(!isKept)
                .keepAlive(settings.keepAliveSeconds())
                .simpleAuth(auth())
                .send();
    }

    /** This version knows no password without a name. */
    private @Nullable Mqtt3SimpleAuth auth() {
        var user = settings.username();
        var password = settings.password();
        if (user == null) {
            return null;
        }
        var named = Mqtt3SimpleAuth.builder().username(user);
        return password == null
                ? named.build()
                : named.password(password.getBytes(StandardCharsets.UTF_8)).build();
    }

    @Override
    public CompletionStage<?> publish(byte[] payload) {
        return client.publishWith()
                .topic(settings.topic())
                .qos(Objects.requireNonNull(MqttQos.fromCode(settings.qos())))
                .retain(settings.retain())
                .payload(payload)
                .send();
    }

    @Override
    public void receive(Consumer<Incoming> receiver) {
        client.publishes(
                MqttGlobalPublishFilter.ALL,
                message -> receiver.accept(new Incoming(message.getPayloadAsBytes(), message::acknowledge)),
                true);
    }

    @Override
    public CompletionStage<?> subscribe() {
        return client.subscribeWith()
                .topicFilter(settings.topic())
                .qos(Objects.requireNonNull(MqttQos.fromCode(settings.qos())))
                .send();
    }

    @Override
    public void disconnect() {
        client.disconnect();
    }
}
