package dev.skein.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.audit.Deed;
import dev.skein.tls.Certificates;
import dev.skein.tls.TlsConfig;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The edge with a certificate. */
class HttpsTest {
    @TempDir
    Path folder;

    private final EdgeServer server = new EdgeServer();
    private Certificates ours;

    @BeforeEach
    void open() {
        ours = Certificates.in(folder.resolve("ours")).issue("edge");
        var tls = new TlsConfig(ours.file("edge.pem"), ours.file("edge.key"), null, Duration.ofMillis(50));
        server.tls(tls).open();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void whoever_trusts_the_authority_is_served_and_told_to_insist_on_tls() throws Exception {
        var answer = get(ours);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.getHeader("strict-transport-security")).startsWith("max-age=");
        assertThat(answer.getHeader("x-content-type-options")).isEqualTo("nosniff");
    }

    @Test
    void whoever_trusts_another_authority_does_not_speak_to_it() {
        var theirs = Certificates.in(folder.resolve("theirs"));

        assertThatThrownBy(() -> get(theirs)).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void plain_http_gets_no_answer() {
        assertThatThrownBy(() -> server.raw("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .lines()
                .filter(line -> line.startsWith("HTTP/"))
                .findAny()
                .orElseThrow());
    }

    @Test
    void a_new_certificate_is_used_without_a_restart() throws Exception {
        var next = Certificates.in(folder.resolve("next")).issue("edge");
        replace(next, "edge.key");
        replace(next, "edge.pem");
        var reloaded = server.vertx
                .timer(50)
                .compose(tick -> server.vertx.executeBlocking(() -> awaitReload()))
                .await(10, TimeUnit.SECONDS);

        assertThat(reloaded.target()).isEqualTo("http");
        assertThat(get(next).statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> get(ours));
    }

    private Deed awaitReload() {
        while (true) {
            for (var deed : server.audit) {
                if (deed.what().equals("tls.reload")) {
                    return deed;
                }
            }
            Thread.onSpinWait();
        }
    }

    private void replace(Certificates next, String name) throws IOException {
        Files.move(next.file(name), ours.file(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private HttpClientResponse get(Certificates trusted) throws Exception {
        var options = new HttpClientOptions()
                .setSsl(true)
                .setTrustOptions(
                        new PemTrustOptions().addCertPath(trusted.file("ca.pem").toString()));
        var client = server.vertx.createHttpClient(options);
        try {
            return client.request(HttpMethod.GET, server.port(), "localhost", "/health")
                    .compose(request -> request.send())
                    .await(5, TimeUnit.SECONDS);
        } finally {
            client.close(); // also keeps it reachable: Vert.x closes a client that is collected
        }
    }
}
