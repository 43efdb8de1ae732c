package dev.skein.coordinator.remote;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.job.JobRuns.Ref;
import dev.skein.job.Remotes.Spec;
import dev.skein.kernel.Problem;
import dev.skein.tls.Authority.Validity;
import dev.skein.tls.Certificates;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers over HTTPS, whose certificates nobody but their own authority signed. */
class RemoteTlsTest {
    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger reached = new AtomicInteger();
    private Certificates ours;

    @BeforeEach
    void make() throws Exception {
        ours = Certificates.in(Files.createDirectory(folder.resolve("certs"))).issue("w1");
        ours.authority()
                .issue(
                        ours.folder(),
                        "elsewhere",
                        List.of("elsewhere"),
                        Validity.of(Instant.now(), Duration.ofDays(1)));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(60, SECONDS);
    }

    private Spec serve(String certificate) throws Exception {
        var keys = new PemKeyCertOptions()
                .addCertPath(ours.file(certificate + ".pem").toString())
                .addKeyPath(ours.file(certificate + ".key").toString());
        var server = vertx.createHttpServer(new HttpServerOptions().setSsl(true).setKeyCertOptions(keys))
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .await(60, SECONDS);
        return new Spec("localhost", server.actualPort(), List.of());
    }

    private void answer(HttpServerRequest request) {
        reached.incrementAndGet();
        var text = request.path().equals("/health")
                ? "{\"status\":\"healthy\",\"capabilities\":[\"cipher\"]}"
                : "{\"success\":true,\"result\":\"done\"}";
        request.body().onSuccess(body -> request.response().end(text));
    }

    private PoolRig rig(@Nullable Path ca) throws Exception {
        var store = Files.createDirectory(folder.resolve("store"));
        var allowed = List.of("127.0.0.1", "loopback");
        var authority = ca == null ? null : ca.toString();
        return new PoolRig(store, new RemoteConfig("", allowed, Duration.ofHours(1), 3, true, authority));
    }

    private void assertRefused(PoolRig rig, Spec worker) {
        assertThatThrownBy(() -> rig.add(worker))
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.code()).isEqualTo("worker_unreachable"));
        assertThat(reached).hasValue(0);
    }

    @Test
    void one_with_a_certificate_of_the_authority_does_jobs() throws Exception {
        var worker = serve("w1");
        try (var rig = rig(ours.file("ca.pem"))) {
            rig.add(worker);
            rig.run(worker, new Ref("j-1", 1));

            var news = rig.news.poll(60, SECONDS);

            assertThat(news).isNotNull();
            assertThat(news.result()).as(String.valueOf(news.outcome())).isEqualTo("\"done\"");
        }
    }

    @Test
    void one_with_a_certificate_that_the_machine_does_not_trust_is_refused() throws Exception {
        var worker = serve("w1");
        try (var rig = rig(null)) {
            assertRefused(rig, worker);
        }
    }

    @Test
    void one_with_a_certificate_of_another_name_is_refused() throws Exception {
        var worker = serve("elsewhere");
        try (var rig = rig(ours.file("ca.pem"))) {
            assertRefused(rig, worker);
        }
    }
}
