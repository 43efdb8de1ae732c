package dev.skein.fault.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.fault.nodes.Api.Answer;
import dev.skein.fault.nodes.TestCluster;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A review of a part of this project's own sources, one of whose two workers is killed in the middle of it. */
class ReviewIT {
    private static final List<String> FLAGS =
            List.of("-Xmx320m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"); // PMD needs more than SMALL has
    private static final Duration LONGEST = Duration.ofSeconds(120);
    private static final String NEW =
            "{\"root\": \"%s\", \"name\": \"self\", \"engine\": \"pmd\", \"max_attempts\": 5}";

    @TempDir
    Path folder;

    private TestCluster cluster;

    @BeforeEach
    void start() {
        cluster = TestCluster.start(folder, 2, new TestCluster.Setup(FLAGS, FLAGS, ""));
    }

    @AfterEach
    void stop() {
        if (cluster != null) { // it may never have started
            cluster.close();
        }
    }

    private Answer create() {
        return cluster.api.post(
                "/api/v1/reviews",
                NEW.formatted(Path.of("src/main/java/dev/skein/index").toAbsolutePath()));
    }

    private List<JsonNode> tasks(String run) {
        var page = cluster.api.get("/api/v1/reviews/" + run + "/tasks?limit=1000");
        assertThat(page.status()).as("%s", page).isEqualTo(200);
        return list(page.body().path("tasks"));
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private List<JsonNode> findings(String run) {
        var all = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var after = cursor.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8);
            var page = cluster.api.get("/api/v1/reviews/" + run + "/findings?limit=500" + after);
            assertThat(page.status()).as("%s", page).isEqualTo(200);
            all.addAll(list(page.body().path("findings")));
            cursor = page.body().path("next").asText("");
        } while (!cursor.isEmpty());
        return all;
    }

    private static String identity(JsonNode finding) {
        return "%s %s %s".formatted(finding.path("path"), finding.path("rule"), finding.path("fingerprint"));
    }

    @Test
    void what_a_killed_worker_had_begun_is_done_by_another_and_nothing_twice() throws Exception {
        var begun = create();
        assertThat(begun.status()).as("%s", begun).isEqualTo(201);
        int found = begun.body().path("found").asInt();
        assertThat(begun.body().path("created").asInt()).isEqualTo(found).isGreaterThan(10);
        var run = begun.body().path("run").path("id").asText();
        var path = "/api/v1/reviews/" + run;

        cluster.api.getUntil(
                LONGEST,
                path + "/tasks?limit=1000",
                answer -> list(answer.body().path("tasks")).stream()
                        .anyMatch(task -> task.path("state").asText().equals("running")
                                && task.path("worker").asText().equals("worker-0")));
        cluster.worker(0).kill();

        var ended = cluster.api
                .getUntil(
                        LONGEST,
                        path,
                        answer -> !answer.body().path("state").asText().equals("running"))
                .body();
        assertThat(ended.path("state").asText()).as("%s", ended).isEqualTo("done");
        assertThat(ended.path("reviewed").asLong())
                .isEqualTo(ended.path("lines").asLong())
                .isPositive();
        assertThat(ended.path("tasks").path("done").asInt()).isEqualTo(found);
        assertThat(tasks(run)).anyMatch(task -> task.path("attempt").asInt() > 1);
        assertThat(findings(run)).isNotEmpty().extracting(ReviewIT::identity).doesNotHaveDuplicates();

        var again = create();
        assertThat(again.status()).as("%s", again).isEqualTo(200);
        assertThat(again.body().path("created").asInt()).isZero();
        assertThat(again.body().path("run").path("id").asText()).isEqualTo(run);
    }
}
