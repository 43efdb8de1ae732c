package dev.skein.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.skein.config.Secret;
import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import dev.skein.tls.Certificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.HttpsURLConnection;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.Daemon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClonesOverNetTest {
    @TempDir
    private Path directory;

    private static Clones clones(String allow) {
        var config = new GitConfig(List.of(allow), 1 << 24, Duration.ofMinutes(2), null);
        return new Clones(config, SteadyClock.system());
    }

    private static Repository opened(Path bare) {
        try {
            return new FileRepositoryBuilder().setGitDir(bare.toFile()).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_repository_is_copied_from_a_server() throws Exception {
        try (var upstream = new Upstream(directory.resolve("up"))) {
            var commit = upstream.commit("src/A.java", "class A {}\n");
            var daemon = new Daemon(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            daemon.getService("git-upload-pack").setEnabled(true);
            daemon.setRepositoryResolver((client, name) -> opened(upstream.bare));
            daemon.start();
            try {
                var place = "git://127.0.0.1:" + daemon.getAddress().getPort() + "/team";
                var target = directory.resolve("copy");
                var clones = clones(place);

                var head = clones.bring(clones.allowed(place + "/a.git", "main"), target, clones.watch(target));

                assertThat(head.commit()).isEqualTo(commit);
                assertThat(target.resolve("src/A.java")).hasContent("class A {}\n");
            } finally {
                daemon.stopAndWait();
            }
        }
    }

    /** It could lead to a place that is not allowed. */
    @Test
    void no_redirect_is_followed() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var elsewhere = new AtomicInteger();
        var base = "http://127.0.0.1:" + server.getAddress().getPort();
        server.createContext("/team/", exchange -> {
            exchange.getResponseHeaders().add("Location", base + "/other/a.git/info/refs?service=git-upload-pack");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/other/", exchange -> {
            elsewhere.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            var clones = clones(base + "/team");
            var target = directory.resolve("copy");
            var source = clones.allowed(base + "/team/a.git", "");

            assertThatThrownBy(() -> clones.bring(source, target, clones.watch(target)))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("git_failed"));
            assertThat(elsewhere).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    private static Clones knowing(String place, String token) {
        var secret = token == null ? null : new Secret(token);
        return new Clones(new GitConfig(List.of(place), 1 << 24, Duration.ofMinutes(2), secret), SteadyClock.system());
    }

    private void assertFails(Clones clones, String url, String code, String words) {
        var target = directory.resolve("none");
        assertThatThrownBy(() -> clones.bring(clones.allowed(url, ""), target, clones.watch(target)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code))
                .hasMessageContaining(words)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void a_server_that_wants_a_token_is_told_it_by_https_alone() throws Exception {
        var tls = Certificates.in(directory.resolve("ca")).issue("git").context("git");
        var before = HttpsURLConnection.getDefaultSSLSocketFactory();
        HttpsURLConnection.setDefaultSSLSocketFactory(tls.getSocketFactory());
        var https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls));
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (var upstream = new Upstream(directory.resolve("up"));
                var sealed = new SmartServer(https, upstream.bare, "s3cret");
                var open = new SmartServer(http, upstream.bare, "s3cret")) {
            var commit = upstream.commit("src/A.java", "class A {}\n");
            var url = "https://localhost" + sealed.path();
            var target = directory.resolve("copy");
            var clones = knowing("https://localhost" + sealed.path(), "s3cret");

            assertThat(clones.bring(clones.allowed(url, "main"), target, clones.watch(target))
                            .commit())
                    .isEqualTo(commit);
            assertThat(Files.readString(target.resolve(".git/config"))).doesNotContain("s3cret");
            assertFails(knowing(url, null), url, "git_token_needed", "set git.token");
            assertFails(knowing(url, "other"), url, "git_token_needed", "may not read");
            var plain = "http://127.0.0.1" + open.path();
            assertFails(knowing(plain, "s3cret"), plain, "git_token_needed", "by https alone");
            assertThat(open.authorization).hasValue(null);
        } finally {
            HttpsURLConnection.setDefaultSSLSocketFactory(before);
        }
    }

    @Test
    void what_is_not_there_is_told_apart() throws Exception {
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (var upstream = new Upstream(directory.resolve("up"));
                var server = new SmartServer(http, upstream.bare, null)) {
            upstream.commit("src/A.java", "class A {}\n");
            var other = "http://127.0.0.1" + server.path().replace("app.git", "none.git");
            assertFails(knowing(other, null), other, "git_not_found", "no repository at");
            var nobody = "http://127.0.0.1:1/a.git";
            assertFails(knowing(nobody, null), nobody, "git_unreachable", "nobody answers");
            var nowhere = "https://host.invalid/a.git";
            assertFails(knowing(nowhere, null), nowhere, "git_unreachable", "no host of that name");
        }
    }

    @Test
    void packs_of_earlier_commits_do_not_pile_up() throws Exception {
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (var upstream = new Upstream(directory.resolve("up"));
                var server = new SmartServer(http, upstream.bare, null)) {
            var url = "http://127.0.0.1" + server.path();
            var clones = knowing(url, null);
            var target = directory.resolve("copy");
            for (int i = 0; i < 12; i++) {
                upstream.commit("src/A.java", "class A { int a%d; }%n".formatted(i));
                clones.bring(clones.allowed(url, "main"), target, clones.watch(target));
            }
            assertThat(target.resolve("src/A.java")).hasContent("class A { int a11; }");
            try (var packs = Files.list(target.resolve(".git/objects/pack"))) {
                assertThat(packs.filter(file -> file.toString().endsWith(".pack")))
                        .hasSizeLessThan(9);
            }
        }
    }
}
