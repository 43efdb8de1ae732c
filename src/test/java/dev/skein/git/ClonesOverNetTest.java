package dev.skein.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
}
