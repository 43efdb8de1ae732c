package dev.skein.bus.seal;

import dev.skein.tls.TlsFiles;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;

/**
 * TLS between the buses of nodes: version 1.3, a certificate from both ends, nobody trusted but the authority.
 *
 * <p>The bus carries its options as JSON, which knows only files. So it starts with the files and is then given what
 * watches them, by the doors that its server and its client have for that; only the way to these two is not public.
 */
public final class BusTls {
    private BusTls() {}

    /** Options for a bus that starts with what the files hold now. */
    public static EventBusOptions begin(EventBusOptions options, TlsFiles tls) {
        var config = tls.config();
        return options.setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .addCertPath(String.valueOf(config.cert()))
                        .addKeyPath(String.valueOf(config.key())))
                .setTrustOptions(new PemTrustOptions().addCertPath(String.valueOf(config.ca())))
                .setTrustAll(false)
                .setClientAuth(ClientAuth.REQUIRED)
                .setEnabledSecureTransportProtocols(TlsFiles.TLS_1_3)
                .setSslEngineOptions(TlsFiles.engine());
    }

    /** Lets the bus follow the files and note whom it refuses. */
    public static Future<?> follow(Vertx vertx, TlsFiles tls) {
        var server = new ServerSSLOptions()
                .setClientAuth(ClientAuth.REQUIRED)
                .setKeyCertOptions(tls.keys())
                .setTrustOptions(tls.trustOptions())
                .setEnabledSecureTransportProtocols(TlsFiles.TLS_1_3);
        var client = new ClientSSLOptions()
                .setTrustAll(false)
                .setHostnameVerificationAlgorithm(
                        "") // members are known by the name in the certificate, see Credentials
                .setKeyCertOptions(tls.keys())
                .setTrustOptions(tls.trustOptions())
                .setEnabledSecureTransportProtocols(TlsFiles.TLS_1_3);
        return Future.all(
                part(vertx, "server", NetServer.class).updateSSLOptions(server),
                part(vertx, "client", NetClient.class).updateSSLOptions(client));
    }

    private static <T> T part(Vertx vertx, String name, Class<T> type) {
        var bus = vertx.eventBus();
        try {
            var field = bus.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return type.cast(field.get(bus));
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException("this version of Vert.x keeps the bus's " + name + " elsewhere", e);
        }
    }
}
