package dev.skein.fault.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.fault.nodes.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of jobs when the processes that keep and do them are killed. */
class JobsIT {
    private static final String JOBS = "/api/v1/jobs";
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Set<String> ENDS = Set.of("succeeded", "failed", "cancelled", "dead", "parked");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MANY = 40;
    private static final long SMALL_BYTES = 64L << 20;

    @TempDir
    Path folder;

    private TestCluster cluster;

    @BeforeEach
    void start() {
        cluster = TestCluster.start(folder, 2);
        cluster.api.getUntil(
                LONGEST,
                JOBS + "/runners",
                answer -> answer.body().path("runners").size() == 2);
    }

    @AfterEach
    void stop() {
        if (cluster != null) { // it may never have started
            cluster.close();
        }
    }

    @Test
    void a_job_whose_worker_is_killed_is_done_by_another_and_its_processes_are_gone() throws Exception {
        var begun = folder.resolve("begun");
        var id = submit(
                script("if [ -e %1$s ]; then echo again; else echo $$ > %1$s.new; mv %1$s.new %1$s; exec sleep 600; fi"
                        .formatted(begun)));
        var running = until(id, job -> Files.exists(begun));
        var first = running.path("worker").asText();
        var process = process(begun);

        cluster.worker(Integer.parseInt(first.substring("worker-".length()))).kill();

        var ended = ended(id);
        assertThat(ended.path("state").asText()).as("%s", ended).isEqualTo("succeeded");
        assertThat(ended.path("attempt").asInt()).isEqualTo(2);
        assertThat(ended.path("worker").asText()).isNotEqualTo(first);
        assertThat(ended.path("result").path("stdout").asText()).isEqualTo("again\n");
        assertThat(runs(process)).as("the first attempt's process lives").isFalse();
    }

    @Test
    void jobs_that_were_accepted_end_once_although_the_coordinator_is_killed() throws Exception {
        var effects = Files.createDirectory(folder.resolve("effects"));
        var ids = new HashSet<String>();
        for (int i = 0; i < MANY; i++) {
            ids.add(submit(script("sleep 0.2; echo x >> %s/%d".formatted(effects, i))));
        }
        cluster.coordinator().kill();
        cluster.startCoordinator();
        cluster.awaitReady(2);

        assertThat(ids.stream().map(this::ended))
                .allSatisfy(job -> assertThat(job.path("state").asText()).isEqualTo("succeeded"));
        try (var files = Files.list(effects)) {
            assertThat(files.map(JobsIT::lines)).hasSize(MANY);
        }
    }

    @Test
    void a_job_that_allocates_without_bound_harms_nobody_and_says_what_became_of_it() throws IOException {
        var greedy = submit(spec("\"max_attempts\": 1, \"memory_bytes\": " + SMALL_BYTES, "exec tail /dev/zero"));
        var modest = submit(script("echo fine"));

        var ended = ended(greedy);
        assertThat(ended.path("outcome").path("kind").asText()).as("%s", ended).isEqualToIgnoringCase("oom_killed");
        assertThat(ended.path("state").asText()).isIn("parked", "dead", "failed");
        assertThat(ended(modest).path("result").path("stdout").asText()).isEqualTo("fine\n");
    }

    @Test
    void a_job_that_is_cancelled_takes_its_processes_with_it() throws IOException {
        var begun = folder.resolve("begun");
        var id = submit(script(
                "trap '' TERM; echo $$ > %1$s.new; mv %1$s.new %1$s; while :; do sleep 1; done".formatted(begun)));
        until(id, job -> Files.exists(begun));
        var process = process(begun);

        assertThat(cluster.api.post(JOBS + "/" + id + "/cancel", "{}").status()).isBetween(200, 202);

        assertThat(ended(id).path("state").asText()).isEqualTo("cancelled");
        assertThat(runs(process)).isFalse();
    }

    private static Path process(Path numberFile) throws IOException {
        return Path.of("/proc", Files.readString(numberFile).trim(), "stat");
    }

    /** An ended orphan stays listed where nobody asks for it, as the first process of many containers does not. */
    private static boolean runs(Path process) {
        try {
            var text = Files.readString(process);
            return !text.substring(text.lastIndexOf(')')).startsWith(") Z");
        } catch (IOException ended) {
            return false;
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String script(String text) throws IOException {
        return spec("\"priority\": 5", text);
    }

    private static String spec(String more, String text) throws IOException {
        return "{\"type\": \"exec\", %s, \"payload\": {\"shell\": %s}}".formatted(more, JSON.writeValueAsString(text));
    }

    private String submit(String job) {
        var answer = cluster.api.post(JOBS, job);
        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
        return answer.body().path("id").asText();
    }

    private JsonNode ended(String id) {
        return until(id, job -> ENDS.contains(job.path("state").asText()));
    }

    private JsonNode until(String id, Predicate<JsonNode> right) {
        return cluster.api
                .getUntil(LONGEST, JOBS + "/" + id, answer -> answer.status() == 200 && right.test(answer.body()))
                .body();
    }
}
