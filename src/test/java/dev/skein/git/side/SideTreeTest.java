package dev.skein.git.side;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SideTreeTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));
    private static final String BRANCH = "skein/fix/r-1";

    @TempDir
    private Path directory;

    private Repo repo;

    @BeforeEach
    void setUp() throws Exception {
        repo = new Repo(directory.resolve("repo"));
        repo.write(".gitignore", "out/\n");
        repo.write("src/a.txt", "one\ntwo\n");
        var script = repo.write("run.sh", "#!/bin/sh\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(repo.top.resolve("link"), Path.of("src/a.txt"));
        repo.commit();
    }

    @AfterEach
    void tearDown() {
        repo.close();
    }

    private SideTree lay(Checkout checkout) throws IOException {
        var at = Files.createDirectory(directory.resolve("side"));
        return SideTree.lay(checkout, at, new SideTree.Names("side", BRANCH), CLOCK);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void the_last_commit_is_laid_out_and_nothing_of_the_checkout_changes() throws Exception {
        repo.write("src/a.txt", "edited\n");
        repo.write("staged.txt", "staged\n");
        repo.stage("staged.txt");
        repo.write("untracked.txt", "mine\n");
        var before = repo.everything();

        try (var checkout = Checkout.around(repo.top.resolve("src"));
                var side = lay(checkout)) {
            assertThat(checkout.below()).isEqualTo("src");
            assertThat(checkout.branch()).isEqualTo("main");
            assertThat(checkout.isDirty()).isTrue();
            assertThat(side.top().resolve("src/a.txt")).hasContent("one\ntwo\n");
            assertThat(Files.isExecutable(side.top().resolve("run.sh"))).isTrue();
            assertThat(Files.readSymbolicLink(side.top().resolve("link"))).isEqualTo(Path.of("src/a.txt"));
            assertThat(side.top().resolve("untracked.txt")).doesNotExist();
            assertThat(side.names("")).contains("src", "run.sh");
            assertThat(side.read("src/a.txt", 100)).contains(bytes("one\ntwo\n"));
            assertThat(side.read("link", 100)).isEmpty();

            side.keep("src/a.txt", bytes("one\n"), "Remove two");
        }

        assertThat(repo.everything()).isEqualTo(before);
        assertThat(repo.at(BRANCH, "src/a.txt")).isEqualTo("one\n");
        assertThat(repo.beyondHead(BRANCH)).hasSize(1).first().satisfies(commit -> {
            assertThat(commit.getFullMessage()).isEqualTo("Remove two");
            assertThat(commit.getAuthorIdent().getName()).isEqualTo("Skein");
        });
        assertThat(directory.resolve("side")).doesNotExist();
    }

    @Test
    void git_itself_takes_it_for_a_clean_work_tree() throws Exception {
        try (var checkout = Checkout.around(repo.top);
                var side = lay(checkout);
                var seen = Checkout.around(side.top())) {
            assertThat(seen.base()).isEqualTo(checkout.base());
            assertThat(seen.isDirty()).isFalse();

            side.change("src/a.txt", bytes("other\n"));
            assertThat(seen.isDirty()).isTrue();
        }
    }

    @Test
    void what_a_build_did_is_undone_but_for_what_is_ignored() throws Exception {
        var outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("a.txt"), "keep me\n");
        try (var checkout = Checkout.around(repo.top);
                var side = lay(checkout)) {
            var top = side.top();
            side.change("src/a.txt", bytes("tried\n"));
            Files.delete(top.resolve("run.sh"));
            Files.writeString(top.resolve("new.txt"), "made by the build\n");
            Files.createDirectories(top.resolve("made/deep"));
            Files.createDirectories(top.resolve("out"));
            Files.writeString(top.resolve("out/a.o"), "object\n");
            Files.delete(top.resolve("src/a.txt"));
            Files.delete(top.resolve("src"));
            Files.createSymbolicLink(top.resolve("src"), outside);

            side.restore();

            assertThat(top.resolve("src/a.txt")).hasContent("one\ntwo\n");
            assertThat(Files.isSymbolicLink(top.resolve("src"))).isFalse();
            assertThat(Files.isExecutable(top.resolve("run.sh"))).isTrue();
            assertThat(top.resolve("new.txt")).doesNotExist();
            assertThat(top.resolve("made")).doesNotExist();
            assertThat(top.resolve("out/a.o")).hasContent("object\n");
            assertThat(outside.resolve("a.txt")).hasContent("keep me\n");
        }
    }

    @Test
    void kept_commits_follow_one_another_and_hold_one_file_each() throws Exception {
        try (var checkout = Checkout.around(repo.top);
                var side = lay(checkout)) {
            Files.writeString(side.top().resolve("src/b.txt"), "stray\n");
            side.keep("src/a.txt", bytes("1\n"), "First");
            side.restore();
            var second = side.keep("run.sh", bytes("#!/bin/sh\ntrue\n"), "Second");

            assertThat(repo.beyondHead(BRANCH))
                    .extracting(commit -> commit.getFullMessage())
                    .containsExactly("Second", "First");
            assertThat(side.head()).isEqualTo(second);
            assertThat(repo.at(BRANCH, "src/a.txt")).isEqualTo("1\n");
        }
    }

    @Test
    void commits_keep_names_that_are_no_utf_8() throws Exception {
        repo.commitRaw("caf\u00e9.txt".getBytes(ISO_8859_1));
        repo.commitRaw(bytes("caf\u00e9.txt")); // which is read as the same name
        repo.commitRaw(new byte[] {'a', (byte) 0xff});
        var before = repo.entries("main");
        try (var checkout = Checkout.around(repo.top);
                var side = lay(checkout)) {
            side.keep("src/a.txt", bytes("1\n"), "First");
            side.restore();
            side.keep("run.sh", bytes("#!/bin/sh\ntrue\n"), "Second");
        }

        assertThat(before).hasSize(7);
        assertThat(repo.entries(BRANCH))
                .hasSize(7)
                .containsAll(before.stream()
                        .filter(entry -> !entry.endsWith(" src") && !entry.endsWith(" run.sh"))
                        .toList());
    }

    @Test
    void a_branch_that_somebody_else_made_is_not_moved() throws Exception {
        try (var checkout = Checkout.around(repo.top);
                var side = lay(checkout)) {
            repo.branch(BRANCH);

            assertThatThrownBy(() -> side.keep("src/a.txt", bytes("1\n"), "First"))
                    .isInstanceOfSatisfying(
                            Problem.class, problem -> assertThat(problem.code()).isEqualTo("branch_moved"));
            assertThat(repo.beyondHead(BRANCH)).isEmpty();
            assertThatThrownBy(() -> checkout.requireFree(BRANCH)).hasMessageContaining("there is a branch");
            assertThatThrownBy(() -> checkout.requireFree("skein")).hasMessageContaining("there is a branch");
            assertThatThrownBy(() -> checkout.requireFree("a..b")).hasMessageContaining("no name of a branch");
        }
    }

    @Test
    void no_hook_runs() throws Exception {
        for (var name : new String[] {"pre-commit", "post-commit", "post-checkout", "reference-transaction"}) {
            var hook = repo.write(".git/hooks/" + name, "#!/bin/sh\ntouch '" + directory + "/ran'\nexit 1\n");
            Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        try (var checkout = Checkout.around(repo.top);
                var side = lay(checkout)) {
            side.keep("src/a.txt", bytes("1\n"), "First");
        }

        assertThat(repo.beyondHead(BRANCH)).hasSize(1);
        assertThat(directory.resolve("ran")).doesNotExist();
    }

    @Test
    void a_checkout_of_no_branch_is_named_by_its_commit() throws Exception {
        repo.detach();
        try (var checkout = Checkout.around(repo.top)) {
            assertThat(checkout.branch()).isEqualTo(checkout.base().substring(0, 12));
            assertThat(checkout.isDirty()).isFalse();
        }
    }

    @Test
    void what_has_no_commit_or_is_no_repository_is_refused() throws Exception {
        var plain = Files.createDirectory(directory.resolve("plain"));
        assertThatThrownBy(() -> Checkout.around(plain)).hasMessageContaining("in no git repository");
        try (var empty = new Repo(directory.resolve("empty"))) {
            assertThatThrownBy(() -> Checkout.around(empty.top)).hasMessageContaining("has no commit yet");
        }
    }
}
