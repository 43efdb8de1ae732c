package dev.skein.cli.review.fix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.cli.Run;
import dev.skein.fault.nodes.TestCluster;
import dev.skein.git.side.Repo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Findings of a real review, fixed with builds by a real worker. */
@Tag("long")
class FixIT {
    private static final List<String> FLAGS = List.of("-Xmx320m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final Duration LONGEST = Duration.ofSeconds(120);
    private static final String BRANCH = "skein/fix/first";
    private static final String JAVA = """
            package a;

            import java.util.ArrayList;
            import java.util.List;

            /** Counts. */
            public class A {
                private final List<String> all = List.of();

                public int count() {
                    return all.size();
                }
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void an_unused_import_goes_and_what_would_break_the_build_stays() throws Exception {
        try (var repo = new Repo(directory.resolve("repo"));
                var cluster = TestCluster.start(directory, 1, new TestCluster.Setup(FLAGS, FLAGS, ""))) {
            repo.write("src/a/A.java", JAVA);
            repo.write("keep.sh", "echo kept  \n");
            repo.write(
                    "Makefile",
                    "all:\n\t@grep -q 'kept  $$' keep.sh || { echo 'keep.sh:1: error: blanks'; exit 1; }\n");
            repo.commit();
            repo.write("untracked.txt", "mine\n");
            var before = repo.everything();
            var begun = cluster.api.post("/api/v1/reviews", "{\"root\": \"" + repo.top + "\", \"engine\": \"pmd\"}");
            var id = begun.body().path("run").path("id").asText();
            cluster.api.getUntil(
                    LONGEST,
                    "/api/v1/reviews/" + id,
                    answer -> answer.body().path("state").asText().equals("done"));

            var run = fix(cluster, id);

            assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(1);
            assertThat(run.out())
                    .containsPattern(
                            "\"state\":\"kept\",\"place\":\"src/a/A.java:3\",\"path\":\"src/a/A.java\".*Unnecess")
                    .containsPattern("\"state\":\"rejected\",\"place\":\"keep.sh:1\".*first: keep.sh:1: blanks");
            assertThat(repo.at(BRANCH, "src/a/A.java")).isEqualTo(JAVA.replace("import java.util.ArrayList;\n", ""));
            assertThat(repo.at(BRANCH, "keep.sh")).isEqualTo("echo kept  \n");
            assertThat(repo.everything()).isEqualTo(before);
        }
    }

    private Run fix(TestCluster cluster, String id) {
        var environment = Map.of(
                "SKEIN_ENDPOINT",
                "http://127.0.0.1:" + cluster.port(),
                "SKEIN_API_KEY",
                TestCluster.KEY,
                "HOME",
                "/nonexistent",
                "XDG_STATE_HOME",
                directory.resolve("state").toString());
        return Run.with(environment, "", "review", "fix", id, "--memory", "256m", "--branch", BRANCH, "-o", "jsonl");
    }
}
