package dev.skein.plane.index;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import dev.skein.git.GitConfig;
import dev.skein.git.Upstream;
import dev.skein.index.query.Queries.ShardStatus;
import dev.skein.index.workspace.Repositories;
import dev.skein.index.workspace.Repositories.Add;
import dev.skein.index.workspace.Repositories.Added;
import dev.skein.index.workspace.Repositories.Copy;
import dev.skein.index.workspace.Repositories.State;
import dev.skein.index.workspace.Workspaces;
import dev.skein.index.workspace.Workspaces.Create;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Workspaces that are copies of repositories, from the copying to their end. */
class GitWorkspaceTest {
    @TempDir
    private Path folder;

    private Upstream upstream;
    private IndexNode node;
    private String commit;

    @BeforeEach
    void start() throws Exception {
        upstream = new Upstream(folder.resolve("up"));
        upstream.commit("src/main/java/a/Goose.java", "package a; public class Goose { void fly() {} }\n");
        commit = upstream.commit("src/main/java/a/Swan.java", "package a; class Swan {}\n");
        node = new IndexNode(Files.createDirectories(folder.resolve("data"))).start();
        node.startRepositories(config("file://" + folder.resolve("up")));
    }

    @AfterEach
    void close() throws Exception {
        upstream.close();
        node.close();
    }

    private static GitConfig config(String allow) {
        return new GitConfig(List.of(allow), 1 << 20, Duration.ofMinutes(2), null);
    }

    private Added add(String name, String url, String ref) throws Exception {
        return node.ask(Repositories.ADD, new Add(name, url, ref, List.of(), IndexNode.ANN));
    }

    private List<Copy> find(String name) throws Exception {
        return node.ask(Repositories.FIND, new Repositories.Find(name, false)).copies();
    }

    private List<String> lying() throws IOException {
        try (var files = Files.list(node.clones())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void until(String what, Callable<Boolean> isSo) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!isSo.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not in time: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos()); // directories are deleted when there is time
        }
    }

    private long received() throws Exception {
        return node.shards("app").stream()
                .map(ShardStatus::copied)
                .mapToLong(copied -> copied.received())
                .sum();
    }

    @Test
    void a_repository_becomes_a_workspace_and_a_refresh_reads_what_changed_and_nothing_else() throws Exception {
        var added = add("app", upstream.url(), "main");

        assertThat(added.copy().state()).isEqualTo(State.READY);
        assertThat(added.copy().commit()).isEqualTo(commit);
        assertThat(added.workspace().shards())
                .extracting(Workspaces.Shard::root)
                .containsExactly("src/main/java");
        node.findUntil("app", "Goose.fly", found -> found.total() == 1 && IndexNode.isWhole(found));
        assertThat(received()).isEqualTo(2);

        var newer = upstream.commit("src/main/java/a/Goose.java", "package a; public class Goose { void honk() {} }\n");
        var refreshed = node.ask(Repositories.REFRESH, new Repositories.Refresh("app"));
        assertThat(refreshed.commit()).isEqualTo(newer);
        assertThat(refreshed.state()).isEqualTo(State.READY);
        node.findUntil("app", "honk", found -> found.total() == 1);
        assertThat(node.find("app", "Goose.fly").total()).isZero();
        assertThat(received()).isEqualTo(3);
    }

    @Test
    void one_repository_under_two_names_is_copied_twice_and_a_removed_workspace_takes_its_copy_with_it()
            throws Exception {
        var first = add("app", upstream.url(), "").workspace();
        var second = add("app2", upstream.url(), "").workspace();
        assertThat(first.root()).isNotEqualTo(second.root());
        assertThat(find(null)).extracting(Copy::name).containsExactly("app", "app2");

        node.askLeader(Workspaces.REMOVE, new Workspaces.Remove("app", IndexNode.ANN));

        until("deleted", () -> Files.notExists(Path.of(first.root())));
        assertThat(Path.of(second.root()).resolve("src/main/java/a/Goose.java")).exists();
        assertThat(find(null)).extracting(Copy::name).containsExactly("app2");
    }

    @Test
    void the_next_life_knows_its_copies_and_deletes_what_is_half_or_nobodys() throws Exception {
        var kept = add("app", upstream.url(), "main").workspace();
        var gone = add("gone", upstream.url(), "main").workspace();
        node.stopRepositories();
        node.askLeader(Workspaces.REMOVE, new Workspaces.Remove("gone", IndexNode.ANN));
        var half = Files.createDirectories(node.clones().resolve("half-0123456789abcdef/.git"));
        Files.writeString(half.resolve("config"), "[skein]\n\turl = " + upstream.url() + "\n\tref =\n");
        Files.writeString(half.resolve("HEAD"), "ref: refs/heads/skein\n");
        Files.createDirectories(half.resolve("objects"));
        Files.createDirectories(half.resolve("refs"));
        Files.createDirectories(node.clones().resolve("mine"));
        Files.createSymbolicLink(node.clones().resolve("link-0123456789abcdef"), folder);

        node.startRepositories(config("file://" + folder.resolve("up")));
        until("known", () -> !find("app").isEmpty());
        assertThat(find("app").get(0).commit()).isEqualTo(commit);
        assertThat(find("app").get(0).ref()).isEqualTo("main");
        node.ahead = Duration.ofMinutes(1);

        until("tidied", () -> lying().size() == 3);
        assertThat(lying())
                .contains(
                        "mine",
                        "link-0123456789abcdef",
                        Path.of(kept.root()).getFileName().toString())
                .doesNotContain(Path.of(gone.root()).getFileName().toString());
        assertThat(folder.resolve("up")).exists();
        assertThat(find("half").get(0).state()).isEqualTo(State.FAILED);
        assertThat(find("half").get(0).fault().code()).isEqualTo("git_interrupted");
        assertThat(find("half").get(0).url()).isEqualTo(upstream.url());
        assertThat(node.ask(Repositories.DROP, new Repositories.Drop("half", false))
                        .dropped())
                .isTrue();
        assertThat(find("half")).isEmpty();
    }

    @Test
    void what_cannot_become_a_workspace_is_refused_with_a_reason_and_leaves_nothing() throws Exception {
        add("app", upstream.url(), "");
        upstream.commit("large.bin", "x".repeat(1 << 21));

        assertRefused("app", upstream.url(), "", "workspace_exists");
        assertRefused("a b", upstream.url(), "", "invalid_workspace");
        assertRefused("new", "https://ann:secret@git.example.org/a", "", "invalid_git_source");
        assertRefused("new", "https://git.example.org/a", "", "git_not_allowed");
        assertRefused("new", upstream.url(), "none", "git_ref_not_found");
        assertRefused("new", upstream.url(), "", "git_too_large");
        upstream.delete("large.bin");
        upstream.delete("src/main/java/a/Goose.java");
        upstream.delete("src/main/java/a/Swan.java");
        upstream.commit("README", "no Java\n");
        assertRefused("new", upstream.url(), "", "invalid_workspace");
        assertThatThrownBy(() -> node.ask(Repositories.REFRESH, new Repositories.Refresh("new")))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("workspace_not_found"));

        assertThat(find(null)).extracting(Copy::name).containsExactly("app");
        until("nothing left", () -> lying().size() == 1);
    }

    private void assertRefused(String name, String url, String ref, String code) {
        assertThatThrownBy(() -> add(name, url, ref))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo(code))
                .hasMessageNotContaining("secret");
    }

    @Test
    void a_copy_is_kept_while_it_may_yet_become_a_workspace_though_somebody_was_told_of_a_failure() throws Exception {
        node.stopRouter();
        var asked = new ArrayList<Create>();
        node.bus.serveHere(Workspaces.CREATE, create -> {
            asked.add(create);
            return Future.failedFuture(Problem.unreachable("the answer was lost"));
        });
        assertThatThrownBy(() -> add("lost", upstream.url(), "")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> add("app", upstream.url(), "")).isInstanceOf(Problem.class);
        node.ask(Repositories.DROP, new Repositories.Drop("app", false));
        var root = asked.get(1).root();

        register("app", root, "node");

        until("ready", () -> find("app").stream().anyMatch(copy -> copy.state() == State.READY));
        assertThat(find("app").get(0).fault()).isNull();
        assertThat(Path.of(root).resolve("src/main/java/a/Goose.java")).exists();
        assertThat(node.ask(Repositories.REFRESH, new Repositories.Refresh("app"))
                        .fault())
                .isNull();
        node.ahead = Duration.ofMinutes(2);
        until("the other is deleted", () -> Files.notExists(Path.of(asked.get(0).root())));
        assertThat(Path.of(root)).exists();
    }

    @Test
    void a_workspace_whose_answer_alone_was_lost_is_ready() throws Exception {
        node.stopRouter();
        node.bus.serveHere(
                Workspaces.CREATE,
                create -> registering(create.name(), create.root(), "node")
                        .compose(view -> Future.failedFuture(Problem.unreachable("the answer was lost"))));

        assertThatThrownBy(() -> add("app", upstream.url(), "")).isInstanceOf(Problem.class);

        until("ready", () -> find("app").stream().anyMatch(copy -> copy.state() == State.READY));
        assertThat(find("app").get(0).fault()).isNull();
    }

    private Future<Workspaces.View> registering(String name, String root, String router) {
        var all = List.of(new Workspaces.Extent("", 1, 10));
        var request = new Workspaces.Register(name, root, router, List.of(""), all, IndexNode.ANN);
        return node.bus.ask(Workspaces.REGISTER, request, Duration.ofSeconds(20));
    }

    private void register(String name, String root, String router) throws Exception {
        registering(name, root, router).await(20, SECONDS);
    }

    @Test
    void a_copy_on_another_machine_with_the_same_paths_is_not_taken_for_one_of_this_node() throws Exception {
        register("far", node.clones().resolve("far-0123456789abcdef").toString(), "other");
        register("gone", node.clones().resolve("gone-0123456789abcdef").toString(), "node");

        until("looked at", () -> !find("gone").isEmpty());

        assertThat(find("gone").get(0).fault().code()).isEqualTo("git_damaged");
        assertThat(find("far")).isEmpty();
        assertThatThrownBy(() -> node.ask(Repositories.REFRESH, new Repositories.Refresh("far")))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.getMessage()).contains("node other"));
    }

    /** Nobody, whatever he may do, can delete what has a path that is too long. */
    @Test
    void what_could_not_be_deleted_is_tried_again() throws Exception {
        var root = Path.of(add("app", upstream.url(), "").workspace().root());
        awaitTidied();
        var above = Files.createDirectories(root.resolve(String.join("/", Collections.nCopies(14, "d".repeat(200)))));
        var top = folder.resolve("e".repeat(200));
        Files.createDirectories(folder.resolve(String.join("/", Collections.nCopies(14, "e".repeat(200)))));
        Files.move(top, above.resolve("e"));
        var logger = (Logger) LoggerFactory.getLogger("dev.skein.router.repository.Shelf");
        var lines = new ListAppender<ILoggingEvent>();
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        logger.addAppender(lines);
        try {
            node.askLeader(Workspaces.REMOVE, new Workspaces.Remove("app", IndexNode.ANN));
            until("not deleted", () -> !lines.list.isEmpty());
        } finally {
            logger.detachAppender(lines);
            Files.move(above.resolve("e"), top);
        }
        assertThat(root).exists();

        node.ahead = Duration.ofMinutes(2);

        until("deleted", () -> Files.notExists(root));
    }

    /** What an earlier life left is deleted once in a life, and that would take the place of a second attempt. */
    private void awaitTidied() throws Exception {
        var left = Files.createDirectory(node.clones().resolve("left-0123456789abcdef"));
        node.ahead = Duration.ofMinutes(1);
        until("tidied", () -> Files.notExists(left));
    }

    @Test
    void a_directory_is_not_refreshed_and_a_failed_refresh_leaves_what_was_there() throws Exception {
        var plain = Files.createDirectories(folder.resolve("plain"));
        Files.writeString(plain.resolve("A.java"), "class A {}");
        node.add("plain", plain);
        assertThatThrownBy(() -> node.ask(Repositories.REFRESH, new Repositories.Refresh("plain")))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("workspace_not_git"));

        add("app", upstream.url(), "main");
        Files.move(upstream.bare, folder.resolve("up/away"));
        assertThatThrownBy(() -> node.ask(Repositories.REFRESH, new Repositories.Refresh("app")))
                .isInstanceOf(Problem.class);

        assertThat(find("app").get(0).state()).isEqualTo(State.READY);
        assertThat(find("app").get(0).fault()).isNotNull();
        node.findUntil("app", "Goose.fly", found -> found.total() == 1);
    }

    @Test
    void copying_is_seen_and_can_be_called_off() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var release = new CountDownLatch(1);
        server.createContext("/", exchange -> {
            try {
                release.await(60, SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(500, -1);
            exchange.close();
        });
        server.start();
        try {
            var base = "http://127.0.0.1:" + server.getAddress().getPort();
            node.stopRepositories();
            node.startRepositories(config(base));
            var request = new Add("slow", base + "/a.git", "", List.of(), IndexNode.ANN);
            var asked = node.bus.askAt(node.bus.here(), Repositories.ADD, request, Duration.ofSeconds(60));
            until("cloning", () -> find("slow").stream().anyMatch(copy -> copy.state() == State.CLONING));
            assertRefused("slow", base + "/a.git", "", "workspace_exists");

            assertThat(node.ask(Repositories.DROP, new Repositories.Drop("slow", false))
                            .dropped())
                    .isTrue();

            assertThat(find("slow")).isEmpty();
            release.countDown();
            until("deleted", () -> lying().isEmpty());
            asked.transform(done -> Future.succeededFuture()).await(60, SECONDS);
            assertThat(find("slow")).isEmpty();
        } finally {
            release.countDown();
            server.stop(0);
        }
    }
}
