package dev.skein.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.audit.Audit;
import dev.skein.audit.Deed;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two ends of a connection that show each other certificates, with both engines there are. */
class TlsFilesTest {
    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<TlsFiles> opened = new ArrayList<>();
    private final BlockingQueue<Deed> audit = new LinkedBlockingQueue<>();

    @AfterEach
    void close() throws Exception {
        opened.forEach(TlsFiles::close);
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @Test
    void boringssl_is_there() {
        assertThat(OpenSSLEngineOptions.isAvailable()).isTrue();
    }

    @Test
    void a_certificate_of_ours_is_what_it_says() throws Exception {
        var made = Certificates.in(folder.resolve("ca")).issue("worker-0");

        var certificate = Pem.certificates(made.file("worker-0.pem")).get(0);
        certificate.verify(made.authority().certificate().getPublicKey());
        made.authority().certificate().verify(made.authority().certificate().getPublicKey());
        assertThat(Identity.nameOf(certificate)).isEqualTo("worker-0");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(made.authority().certificate().getBasicConstraints()).isZero();
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(2, "worker-0"), List.of(2, "localhost"), List.of(7, "127.0.0.1"));
        assertThat(Files.getPosixFilePermissions(made.file("worker-0.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void nothing_is_overwritten() {
        var made = Certificates.in(folder.resolve("ca")).issue("a");

        assertThatThrownBy(() -> made.issue("a")).isInstanceOf(Problem.class).hasMessageContaining("not overwritten");
        assertThatThrownBy(() -> Certificates.in(folder.resolve("ca"))).hasMessageContaining("not overwritten");
    }

    @Test
    void a_key_that_others_can_read_and_one_that_does_not_fit_are_refused() throws IOException {
        var made = Certificates.in(folder.resolve("ca")).issue("a").issue("b");
        Files.copy(made.file("b.key"), made.file("a.key"), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> open(made, "a")).hasMessageContaining("is not the key of");

        Files.setPosixFilePermissions(made.file("a.key"), PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> open(made, "a")).hasMessageContaining("can be read by others");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "openssl"})
    void ends_of_one_authority_talk_and_each_knows_the_other(String engine) throws Exception {
        var made = Certificates.in(folder.resolve("ca")).issue("a").issue("b");

        assertThat(greeting(open(made, "a"), open(made, "b"), engine)).isEqualTo("hello");
        assertThat(audit).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "openssl"})
    void a_certificate_of_another_authority_is_refused_and_noted(String engine) throws Exception {
        var ours = Certificates.in(folder.resolve("ours")).issue("a");
        var theirs = Certificates.in(folder.resolve("theirs")).issue("mallory");
        Files.copy(ours.file("ca.pem"), theirs.file("ca.pem"), StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> greeting(open(ours, "a"), open(theirs, "mallory"), engine));
        assertThat(audit.poll(5, TimeUnit.SECONDS).who()).isEqualTo("CN=mallory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "openssl"})
    void a_certificate_that_has_expired_is_refused_and_noted(String engine) throws Exception {
        var made = Certificates.in(folder.resolve("ca")).issue("a").issueExpired("late");

        assertThatThrownBy(() -> greeting(open(made, "a"), open(made, "late"), engine));
        assertThat(audit.poll(5, TimeUnit.SECONDS))
                .satisfies(deed -> assertThat(deed.who()).isEqualTo("CN=late"))
                .satisfies(deed -> assertThat(deed.outcome()).containsIgnoringCase("expired"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "openssl"})
    void an_end_without_a_certificate_is_refused(String engine) {
        var made = Certificates.in(folder.resolve("ca")).issue("a");
        var server = open(made, "a");

        assertThatThrownBy(() ->
                greeting(server, new NetClientOptions().setSsl(true).setTrustOptions(server.trustOptions()), engine));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdk", "openssl"})
    void new_files_are_used_without_a_restart(String engine) throws Exception {
        var made = Certificates.in(folder.resolve("ca")).issue("a").issue("b");
        var server = open(made, "a");
        var listening = listen(server, engine);
        var before = shown(listening, open(made, "b"), engine);

        var next = Certificates.in(folder.resolve("next"));
        made.authority().issue(next.folder(), "a", List.of("localhost"), validity(before));
        Files.move(next.file("a.key"), made.file("a.key"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(next.file("a.pem"), made.file("a.pem"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(audit.poll(10, TimeUnit.SECONDS).what()).isEqualTo("tls.reload");

        assertThat(shown(listening, open(made, "b"), engine).getSerialNumber()).isNotEqualTo(before.getSerialNumber());
    }

    private static Authority.Validity validity(X509Certificate like) {
        return new Authority.Validity(
                like.getNotBefore().toInstant(), like.getNotAfter().toInstant());
    }

    private TlsFiles open(Certificates made, String node) {
        Audit noted = audit::add;
        var files = TlsFiles.open(made.config(node), node, noted);
        opened.add(files);
        return files;
    }

    private static SSLEngineOptions engine(String name) {
        return name.equals("jdk") ? new JdkSSLEngineOptions() : new OpenSSLEngineOptions();
    }

    private NetServer listen(TlsFiles server, String engine) throws Exception {
        var options = new NetServerOptions()
                .setHost("127.0.0.1")
                .setPort(0)
                .setSsl(true)
                .setKeyCertOptions(server.keys())
                .setTrustOptions(server.trustOptions())
                .setClientAuth(ClientAuth.REQUIRED)
                .setEnabledSecureTransportProtocols(TlsFiles.TLS_1_3)
                .setSslEngineOptions(engine(engine));
        return vertx.createNetServer(options)
                .connectHandler(socket -> socket.write("hello"))
                .listen()
                .await(5, TimeUnit.SECONDS);
    }

    private NetSocket connect(NetServer server, NetClientOptions options) throws Exception {
        options.setHostnameVerificationAlgorithm("");
        return vertx.createNetClient(options)
                .connect(server.actualPort(), "localhost")
                .await(5, TimeUnit.SECONDS);
    }

    private NetClientOptions options(TlsFiles client, String engine) {
        return new NetClientOptions()
                .setSsl(true)
                .setKeyCertOptions(client.keys())
                .setTrustOptions(client.trustOptions())
                .setEnabledSecureTransportProtocols(TlsFiles.TLS_1_3)
                .setSslEngineOptions(engine(engine));
    }

    private X509Certificate shown(NetServer server, TlsFiles client, String engine) throws Exception {
        return (X509Certificate)
                connect(server, options(client, engine)).peerCertificates().get(0);
    }

    private String greeting(TlsFiles server, TlsFiles client, String engine) throws Exception {
        return greeting(server, options(client, engine), engine);
    }

    /** With TLS 1.3 a client hears only after its handshake that it was refused, so it waits for the first word. */
    private String greeting(TlsFiles server, NetClientOptions client, String engine) throws Exception {
        var socket = connect(listen(server, engine), client);
        Future<String> word = Future.future(promise -> {
            socket.handler(bytes -> promise.tryComplete(bytes.toString()));
            socket.exceptionHandler(promise::tryFail);
            socket.closeHandler(closed -> promise.tryFail("closed"));
        });
        socket.write(Buffer.buffer("hello"));
        return word.await(5, TimeUnit.SECONDS);
    }
}
