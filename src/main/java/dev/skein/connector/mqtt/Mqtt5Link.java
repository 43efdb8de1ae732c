package dev.skein.connector.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import dev.skein.connector.in.Incoming;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Version 5. */
final class Mqtt5Link implements MqttLink {
    private final MqttSettings settings;
    private final Mqtt5AsyncClient client;

    Mqtt5Link(MqttSettings settings, InetSocketAddress address, long timeoutMillis, Runnable onLost) {
        this.settings = settings;
        var builder = Mqtt5Client.builder()
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
                .cleanStart(!isKept)
                .sessionExpiryInterval(isKept ? settings.sessionSeconds() : 0)
                .keepAlive(settings.keepAliveSeconds())
                .simpleAuth(auth())
                .restrictions()
                .receiveMaximum(MqttChannel.WINDOW)
                .applyRestrictions()
                .send();
    }

    private @Nullable Mqtt5SimpleAuth auth() {
        var user = settings.username();
        var password = settings.password();
        if (user == null && password == null) {
            return null;
        }
        var secret = password == null ? new byte[0] : password.getBytes(StandardCharsets.UTF_8);
        return user == null
                ? Mqtt5SimpleAuth.builder().password(secret).build()
                : Mqtt5SimpleAuth.builder().username(user).password(secret).build();
    }

    @Override
    public CompletionStage<?> publish(byte[] payload) {
        return client.publishWith()
                .topic(settings.topic())
                .qos(Objects.requireNonNull(MqttQos.fromCode(settings.qos())))
                .retain(settings.retain())
                .contentType("application/json")
                .payload(payload)
                .send()
                .thenApply(result -> result.getError()
                        .map(error -> {
                            throw new IllegalStateException(error);
                        })
                        .orElse(result));
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
