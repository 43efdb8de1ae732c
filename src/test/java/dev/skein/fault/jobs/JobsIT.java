package dev.skein.fault.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.fault.nodes.TestCluster;
import dev.skein.fault.nodes.TestCluster.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of jobs when the processes that keep and do them are killed. */
class JobsIT {
    private static final String NORMAL = "\"priority\": 5";
    private static final int WORKERS = 2;
    private static final int MANY = 40;
    private static final long SMALL_BYTES = 64L << 20;

    @TempDir
    static Path folder;

    private static TestCluster cluster;
    private static JobDesk desk;

    @BeforeAll
    static void start() {
        cluster = TestCluster.start(
                folder, WORKERS, Setup.heavy("jobs: {class-path: %s, warm: 0}".formatted(JobDesk.CLASSES)));
        desk = new JobDesk(cluster);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) { // it may never have started
            cluster.close();
        }
    }

    /** Each test leaves the cluster as it was, though perhaps not all of it is up again. */
    @BeforeEach
    void await() {
        desk.awaitRunners(WORKERS);
    }

    @Test
    void a_job_whose_worker_is_killed_is_done_by_another_and_its_processes_are_gone() throws Exception {
        var begun = folder.resolve("lost");
        var id = desk.submit(JobDesk.exec(
                NORMAL,
                "if [ -e %1$s ]; then echo again; else echo $$ > %1$s.new; mv %1$s.new %1$s; exec sleep 600; fi"
                        .formatted(begun)));
        var running = desk.until(id, job -> Files.exists(begun));
        var first = running.path("worker").asText();
        var process = process(begun);

        int number = Integer.parseInt(first.substring("worker-".length()));
        cluster.worker(number).kill();

        var ended = desk.ended(id);
        assertThat(ended.path("state").asText()).as("%s", ended).isEqualTo("succeeded");
        assertThat(ended.path("attempt").asInt()).isEqualTo(2);
        assertThat(ended.path("worker").asText()).isNotEqualTo(first);
        assertThat(ended.path("result").path("stdout").asText()).isEqualTo("again\n");
        assertThat(Living.is(process)).as("the first attempt's process lives").isFalse();
        cluster.startWorker(number);
    }

    @Test
    void a_job_whose_machine_is_killed_is_done_by_the_next_attempt() throws Exception {
        var file = folder.resolve("marked");
        var memory = "\"memory_bytes\": " + (640L << 20);
        var id = desk.submit(JobDesk.heavy(memory, "mark", "3000 " + file));
        desk.until(id, job -> !Living.saying(folder.toString(), "ComputeMain").isEmpty());
        for (long pid : Living.saying(folder.toString(), "ComputeMain")) {
            Living.signal(pid, "KILL");
        }

        var ended = desk.ended(id);
        assertThat(ended.path("state").asText()).as("%s", ended).isEqualTo("succeeded");
        assertThat(ended.path("attempts").path(0).path("outcome").path("code").asText())
                .isEqualTo("signal_9");
        assertThat(lines(file)).hasSize(1);
    }

    @Test
    void jobs_that_were_accepted_end_once_although_the_coordinator_is_killed() throws Exception {
        var effects = Files.createDirectory(folder.resolve("effects"));
        var ids = new HashSet<String>();
        for (int i = 0; i < MANY; i++) {
            ids.add(desk.submit(JobDesk.exec(NORMAL, "sleep 0.2; echo x >> %s/%d".formatted(effects, i))));
        }
        cluster.coordinator().kill();
        cluster.startCoordinator();
        cluster.awaitReady(WORKERS);

        assertThat(ids.stream().map(desk::ended))
                .allSatisfy(job -> assertThat(job.path("state").asText()).isEqualTo("succeeded"));
        try (var files = Files.list(effects)) {
            assertThat(files.map(JobsIT::lines)).hasSize(MANY);
        }
    }

    @Test
    void a_job_that_allocates_without_bound_harms_nobody_and_says_what_became_of_it() throws IOException {
        var greedy = desk.submit(
                JobDesk.exec("\"max_attempts\": 1, \"memory_bytes\": " + SMALL_BYTES, "exec tail /dev/zero"));
        var modest = desk.submit(JobDesk.exec(NORMAL, "echo fine"));

        var ended = desk.ended(greedy);
        assertThat(ended.path("outcome").path("kind").asText()).as("%s", ended).isEqualToIgnoringCase("oom_killed");
        assertThat(ended.path("state").asText()).isIn("parked", "dead", "failed");
        assertThat(desk.ended(modest).path("result").path("stdout").asText()).isEqualTo("fine\n");
    }

    @Test
    void a_job_that_is_cancelled_takes_its_processes_with_it() throws IOException {
        var begun = folder.resolve("begun");
        var id = desk.submit(JobDesk.exec(
                NORMAL,
                "trap '' TERM; echo $$ > %1$s.new; mv %1$s.new %1$s; while :; do sleep 1; done".formatted(begun)));
        desk.until(id, job -> Files.exists(begun));
        var process = process(begun);

        assertThat(cluster.api.post(JobDesk.JOBS + "/" + id + "/cancel", "{}").status())
                .isBetween(200, 202);

        assertThat(desk.ended(id).path("state").asText()).isEqualTo("cancelled");
        assertThat(Living.is(process)).isFalse();
    }

    @Test
    void jobs_that_mean_harm_end_each_for_its_reason_and_harm_nobody() throws IOException {
        var flood = desk.submit(once("head -c 10G /dev/zero"));
        var forks = desk.submit(once("while :; do sleep 608 & done"));
        var deaf = desk.submit(JobDesk.exec(
                "\"max_attempts\": 1, \"run_timeout_millis\": 1000", "trap '' TERM; while :; do sleep 1; done"));
        var homeless = desk.submit(once("rmdir \"$PWD\" && echo gone"));
        var lost =
                desk.submit("{\"type\": \"exec\", \"payload\": {\"argv\": [\"true\"], \"cwd\": \"/no/such/folder\"}}");

        assertThat(code(forks))
                .as("whichever it reaches first")
                .isIn("LIMIT_HIT processes_limit", "OOM_KILLED oom_killed");
        assertThat(List.of(code(flood), code(deaf), code(lost)))
                .containsExactly("LIMIT_HIT output_limit", "TIMED_OUT run_timeout", "FAILED working_directory_missing");
        assertThat(desk.ended(homeless).path("result").path("stdout").asText()).isEqualTo("gone\n");
        assertThat(Living.saying("sleep\0608")).isEmpty();
        desk.awaitRunners(WORKERS);
    }

    @Test
    void a_job_that_needs_more_memory_than_there_is_is_refused_unless_it_waits() {
        var much = "\"memory_bytes\": " + (1L << 50);

        var refused = cluster.api.postUntil(
                JobDesk.LONGEST, JobDesk.JOBS, JobDesk.exec(much, "true"), answer -> answer.status() == 422);
        assertThat(refused.body().path("error").asText()).contains("asked, and the largest worker for it has ");
        var waiting = desk.submit(JobDesk.exec(much + ", \"wait_for_capacity\": true", "true"));
        var why = cluster.api.get(JobDesk.JOBS + "/" + waiting + "/why");
        assertThat(why.body().path("reasons").toString()).as("%s", why).contains("the largest worker has");
    }

    private static String once(String script) {
        return JobDesk.exec("\"max_attempts\": 1", script);
    }

    private static String code(String id) {
        var outcome = desk.ended(id).path("outcome");
        return outcome.path("kind").asText() + " " + outcome.path("code").asText();
    }

    private static long process(Path numberFile) throws IOException {
        return Long.parseLong(Files.readString(numberFile).trim());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
