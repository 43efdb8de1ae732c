package dev.skein.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.skein.git.Clones.Head;
import dev.skein.kernel.Problem;
import dev.skein.kernel.SteadyClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClonesTest {
    @TempDir
    private Path directory;

    private Upstream upstream;
    private Path target;

    @BeforeEach
    void setUp() throws Exception {
        upstream = new Upstream(directory.resolve("up"));
        target = directory.resolve("copy");
    }

    @AfterEach
    void tearDown() {
        upstream.close();
    }

    private GitConfig config(long bytes) {
        return new GitConfig(List.of("file://" + directory.resolve("up")), bytes, Duration.ofMinutes(2), null);
    }

    private Clones clones() {
        return new Clones(config(1 << 24), SteadyClock.system());
    }

    private Head bring(String ref) {
        var clones = clones();
        return clones.bring(clones.allowed(upstream.url(), ref), target, clones.watch(target));
    }

    @Test
    void a_copy_has_the_files_of_the_newest_commit_and_follows() throws Exception {
        upstream.commit("src/A.java", "class A {}\n");
        var second = upstream.commit("src/B.java", "class B {}\n");

        assertThat(bring("").commit()).isEqualTo(second);
        assertThat(target.resolve("src/A.java")).hasContent("class A {}\n");

        var third = upstream.delete("src/A.java");
        upstream.commit("src/B.java", "class B { int b; }\n");
        Files.writeString(target.resolve("src/B.java"), "somebody wrote here");
        assertThat(bring("").commit()).isNotEqualTo(third);
        assertThat(target.resolve("src/A.java")).doesNotExist();
        assertThat(target.resolve("src/B.java")).hasContent("class B { int b; }\n");
        assertThat(clones().head(target))
                .hasValueSatisfying(head -> assertThat(head.source()).isEqualTo(new Source(upstream.url(), "")));
    }

    @Test
    void a_branch_a_tag_or_a_commit_can_be_asked_for() throws Exception {
        var first = upstream.commit("A.java", "one");
        upstream.tag("v1");
        var second = upstream.commit("A.java", "two");

        assertThat(bring("v1").commit()).isEqualTo(first);
        assertThat(target.resolve("A.java")).hasContent("one");
        target = directory.resolve("other");
        assertThat(bring("main").commit()).isEqualTo(second);
        target = directory.resolve("third");
        assertThat(bring(second).commit()).isEqualTo(second);
        assertThatThrownBy(() -> bring("none"))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("git_ref_not_found"))
                .hasMessageContaining("no tag none");
    }

    @Test
    void links_become_files_so_that_no_path_leads_out() throws Exception {
        Files.createSymbolicLink(upstream.work().resolve("etc"), Path.of("/etc"));
        upstream.push();

        bring("");

        assertThat(Files.isRegularFile(target.resolve("etc"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(target.resolve("etc")).hasContent("/etc");
    }

    @Test
    void what_is_too_large_is_refused_packed_or_not() throws Exception {
        var noise = new byte[200_000];
        new Random(1).nextBytes(noise);
        upstream.commit("noise", HexFormat.of().formatHex(noise));

        assertTooLarge(100_000);
        upstream.delete("noise");
        upstream.commit("zeros", "0".repeat(3_000_000));
        assertTooLarge(2_000_000);
    }

    private void assertTooLarge(long bytes) {
        var small = new Clones(config(bytes), SteadyClock.system());
        var to = directory.resolve("small" + bytes);
        assertThatThrownBy(() -> small.bring(small.allowed(upstream.url(), ""), to, small.watch(to)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("git_too_large"))
                .hasMessageContaining("git.bytes-max");
        assertThat(to.resolve("noise")).doesNotExist();
        assertThat(to.resolve("zeros")).doesNotExist();
    }

    @Test
    void what_takes_too_long_or_is_called_off_ends() throws Exception {
        upstream.commit("A.java", "one");
        var now = new AtomicLong();
        var clones = new Clones(config(1 << 24), () -> Instant.ofEpochMilli(now.getAndAdd(60_000)));
        assertThatThrownBy(() -> clones.bring(clones.allowed(upstream.url(), ""), target, clones.watch(target)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.TIMEOUT));

        var watch = clones().watch(target);
        watch.stop();
        assertThatThrownBy(() -> clones().bring(clones().allowed(upstream.url(), ""), target, watch))
                .hasMessageContaining("called off");
    }

    @Test
    void a_repository_without_a_commit_or_none_at_all_is_named() throws Exception {
        assertThatThrownBy(() -> bring("")).hasMessageContaining("has no commit");
        Files.createDirectories(directory.resolve("up/empty"));
        var clones = clones();
        var none = clones.allowed("file://" + directory.resolve("up/empty"), "");
        assertThatThrownBy(() -> clones.bring(none, target, clones.watch(target)))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("git_not_found"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:secret@git.example.org/team/a",
                "https://git.example.org/team/../other",
                "https://git.example.org/team/%2e%2e/other",
                "https://git.example.org/team/a?x=y",
                "ssh://git.example.org/team/a",
                "ext::sh -c x",
                "/etc",
                "file://host/etc",
                "-upload-pack=x"
            })
    void urls_with_more_than_a_place_are_refused_without_being_repeated(String url) {
        assertThatThrownBy(() -> clones().allowed(url, ""))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.code()).isEqualTo("invalid_git_source"))
                .hasMessageNotContaining("secret");
    }

    @Test
    void only_places_that_are_named_are_copied_from() throws Exception {
        var config = new GitConfig(List.of("https://git.example.org/team"), 1 << 20, Duration.ofSeconds(1), null);
        var clones = new Clones(config, SteadyClock.system());

        assertThat(clones.allowed("https://GIT.example.org:443/team/a.git", "main")
                        .ref())
                .isEqualTo("main");
        for (var url : List.of(
                "https://git.example.org/teammate/a",
                "http://git.example.org/team/a",
                "https://git.example.org:8443/team/a",
                "https://git.example.org.evil.test/team/a",
                "file:///etc")) {
            assertThatThrownBy(() -> clones.allowed(url, "")).hasMessageContaining("git.allow");
        }
        var host = new GitConfig(List.of("https://git.example.org"), 1 << 20, Duration.ofSeconds(1), null);
        assertThat(new Clones(host, SteadyClock.system())
                        .allowed("https://git.example.org/x/y", "")
                        .url())
                .isEqualTo("https://git.example.org/x/y");
        assertThatThrownBy(() -> clones.allowed("https://git.example.org/team/a", "--upload-pack=x"))
                .hasMessageContaining("branch must be");
        assertThatThrownBy(() -> new Clones(GitConfig.DEFAULTS, SteadyClock.system()).allowed(upstream.url(), ""))
                .hasMessage("this node copies no repositories: git.allow names no place");
        Files.createSymbolicLink(directory.resolve("up/out"), Path.of("/etc"));
        assertThatThrownBy(() -> clones().allowed("file://" + directory.resolve("up/out"), ""))
                .hasMessageContaining("git.allow");
    }

    @Test
    void a_directory_that_has_gone_is_said_to_be_gone_and_nothing_is_told_of_others() throws Exception {
        upstream.commit("A.java", "one");
        bring("");
        var up = directory.resolve("up");
        Files.createSymbolicLink(up.resolve("out"), Files.createDirectories(directory.resolve("outside")));
        Files.createSymbolicLink(up.resolve("nowhere"), directory.resolve("none"));
        Files.move(upstream.bare, up.resolve("away"));

        assertThat(refused(upstream.url())).isEqualTo("git_not_found");
        assertThatThrownBy(() -> bring("")).hasMessageContaining("no directory " + upstream.bare);
        assertThat(refused("file://" + up + "/new/a.git")).isEqualTo("git_not_found");
        for (var path : List.of("up/out", "up/out/none", "up/nowhere", "up/nowhere/a", "none", "upward", "outside")) {
            assertThat(refused("file://" + directory.resolve(path))).as(path).isEqualTo("git_not_allowed");
        }
        Files.move(up, directory.resolve("moved"));
        assertThat(refused(upstream.url())).isEqualTo("git_not_found");
        assertThat(refused("file://" + directory.resolve("upward"))).isEqualTo("git_not_allowed");
    }

    private String refused(String url) {
        return catchThrowableOfType(Problem.class, () -> clones().allowed(url, ""))
                .code();
    }

    @Test
    void a_copy_is_brought_up_to_date_though_what_is_old_cannot_be_let_go() throws Exception {
        upstream.commit("A.java", "one");
        bring("");
        var packs = Files.createDirectories(target.resolve(".git/objects/pack"));
        for (int i = 0; i < 10; i++) {
            Files.writeString(packs.resolve("pack-%040d.pack".formatted(i)), "");
        }
        Files.createDirectories(target.resolve(".git/packed-refs.lock/in-the-way"));
        var second = upstream.commit("A.java", "two");

        assertThat(bring("").commit()).isEqualTo(second);
        assertThat(target.resolve("A.java")).hasContent("two");
    }

    @Test
    void a_full_disk_is_said_to_be_full_with_what_is_to_be_done() {
        var problem = new Trouble(new Source("https://a.test/b", ""), false)
                .of(new IOException("a file", new IOException("No space left on device")));

        assertThat(problem.code()).isEqualTo("git_disk_full");
        assertThat(problem.getMessage()).contains("free some and add or refresh again");
    }
}
