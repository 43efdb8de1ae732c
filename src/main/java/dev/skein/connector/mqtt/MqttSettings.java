package dev.skein.connector.mqtt;

import dev.skein.connector.Owner;
import dev.skein.connector.Values;
import dev.skein.kernel.Ids;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How to talk to one broker.
 *
 * @param isFive protocol version 5, else 3.1.1
 * @param clientPrefix what the client's name begins with
 * @param clientId made unique by placement, epoch and chance; of a kept subscription the same for every copy
 * @param keepAliveSeconds between two signs of life
 * @param sessionSeconds how long the broker keeps a subscription that lost its connection
 * @param topic to publish to, or a filter to subscribe to
 */
record MqttSettings(
        String host,
        int port,
        boolean isFive,
        boolean isTls,
        String clientPrefix,
        String clientId,
        @Nullable String username,
        @Nullable String password,
        int keepAliveSeconds,
        int sessionSeconds,
        String topic,
        int qos,
        boolean retain) {
    private static final int PORT = 1883;
    private static final int TLS_PORT = 8883;
    private static final int PORT_MAX = 65_535;
    private static final int SECONDS_MAX = 65_535;
    private static final int KEPT_SECONDS = 300;
    private static final int CHANCE_BYTES = 3;

    /** Fails with a {@link dev.skein.kernel.Problem} when a parameter cannot work. */
    static MqttSettings of(Values values, Owner owner) {
        var version = values.text("version", "5");
        if (!Set.of("5", "5.0", "3.1.1", "4", "3").contains(version)) {
            throw values.wrong("version", "must be 3.1.1 or 5");
        }
        boolean isFive = version.startsWith("5");
        boolean isTls = values.flag("tls", false);
        var topic = values.required("topic");
        if (topic.getBytes(StandardCharsets.UTF_8).length > PORT_MAX || topic.indexOf('\0') >= 0) {
            throw values.wrong("topic", "is not one of MQTT");
        }
        var prefix = values.text("client_id", "skein");
        return new MqttSettings(
                values.required("host"),
                values.whole("port", isTls ? TLS_PORT : PORT, 1, PORT_MAX),
                isFive,
                isTls,
                prefix,
                clientId(prefix, owner),
                values.optional("username"),
                values.optional("password"),
                values.whole("keep_alive", 30, 1, SECONDS_MAX),
                values.whole("session_expiry", isFive ? KEPT_SECONDS : 0, 0, Integer.MAX_VALUE),
                topic,
                values.whole("qos", 1, 0, 2),
                values.flag("retain", false));
    }

    private static String clientId(String prefix, Owner owner) {
        var placement = owner.placement().replaceAll("[^A-Za-z0-9_-]", "-");
        return prefix + "-" + placement + "-" + owner.epoch() + "-" + Ids.hex(CHANCE_BYTES);
    }

    /**
     * As every copy of the placement subscribes, so that the next one goes on where the broker has stopped: it
     * gets what no copy has acknowledged, and of two copies only the later one is connected. Not when the broker keeps
     * nothing.
     */
    MqttSettings shared(Owner owner, String connector) {
        if (sessionSeconds == 0) {
            return this;
        }
        var what = String.join("\n", String.valueOf(owner.groupId()), owner.placement(), connector, host, topic);
        var id = clientPrefix + "-" + UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8));
        return new MqttSettings(
                host,
                port,
                isFive,
                isTls,
                clientPrefix,
                id,
                username,
                password,
                keepAliveSeconds,
                sessionSeconds,
                topic,
                qos,
                retain);
    }

    /** Whether it can be published to. */
    boolean isTopicName() {
        return !topic.contains("#") && !topic.contains("+");
    }

    @Override
    public String toString() {
        return "mqtt " + host + ":" + port; // never the password
    }
}
