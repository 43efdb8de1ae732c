package dev.skein.cli.review.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.git.side.Repo;
import dev.skein.review.ledger.Ledger;
import dev.skein.review.ledger.LedgerFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The merge command as git calls it. */
class MergeDriverIT {
    private static final String LINE = """
            {"id":"bd-a1b2","title":"%s","status":"open","priority":%d,"issue_type":"task",\
            "created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-0%dT00:00:00Z","zz":{"b":[1.50]}}
            """;

    @TempDir
    Path directory;

    @Test
    void two_branches_that_changed_one_task_merge_without_a_conflict() throws Exception {
        try (var repo = new Repo(directory.resolve("repo"))) {
            var java = Path.of(System.getProperty("java.home"), "bin", "java");
            var driver = Files.writeString(
                    directory.resolve("skein"),
                    "#!/bin/sh\nexec '%s' -jar '%s' \"$@\"\n"
                            .formatted(java, Path.of("target", "skein.jar").toAbsolutePath()));
            assertThat(driver.toFile().setExecutable(true)).isTrue();
            repo.write(".gitattributes", Ledger.PATH + " merge=skein-ledger\n");
            repo.write(Ledger.PATH, LINE.formatted("Fix", 2, 1));
            repo.commit();
            git(repo, "config", "merge.skein-ledger.driver", "'" + driver + "' review ledger merge %O %A %B");
            git(repo, "checkout", "-q", "-b", "other");
            repo.write(Ledger.PATH, LINE.formatted("Fix all", 2, 2));
            repo.commit();
            git(repo, "checkout", "-q", "main");
            repo.write(Ledger.PATH, LINE.formatted("Fix", 0, 3));
            repo.commit();

            git(repo, "-c", "user.name=ann", "-c", "user.email=ann@example.org", "merge", "-q", "other");

            var merged = LedgerFile.read(repo.top.resolve(Ledger.PATH)).issue("bd-a1b2");
            assertThat(merged).isNotNull();
            assertThat(merged.text("title")).isEqualTo("Fix all");
            assertThat(merged.priority()).isZero();
            assertThat(merged.toString()).contains("\"zz\":{\"b\":[1.50]}");
        }
    }

    private void git(Repo repo, String... words) throws Exception {
        var command = new ArrayList<>(List.of("git", "-C", repo.top.toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        var said = directory.resolve("git.log").toFile();
        builder.redirectOutput(said);
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("HOME", directory.toString());
        var process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said.toPath())).isZero();
    }
}
