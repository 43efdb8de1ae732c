package dev.skein.fault.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.fault.nodes.Api;
import dev.skein.fault.nodes.TestCluster;
import dev.skein.fault.nodes.TestCluster.Setup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that slept for longer than its lease, and what it has to say when it wakes. */
class ZombieIT {
    private static final String MORE = "\"memory_bytes\": 67108864";

    @TempDir
    Path folder;

    private TestCluster cluster;

    @AfterEach
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void jobs_of_a_worker_that_sleeps_are_done_by_another_and_what_it_says_later_is_refused() throws Exception {
        cluster = TestCluster.start(folder, 1, Setup.heavy("coordinator: {jobs: {lease: 3s}}\njobs: {warm: 0}"));
        var desk = new JobDesk(cluster).awaitRunners(1);
        var endless = desk.submit(JobDesk.exec(MORE, once("endless", "exec sleep 700")));
        var ending = desk.submit(JobDesk.exec(MORE, once("ending", "while [ ! -e go ]; do sleep 0.1; done")));
        for (var id : List.of(endless, ending)) {
            desk.until(id, job -> Files.exists(begun(id.equals(endless) ? "endless" : "ending")));
        }
        cluster.startWorker(1);
        desk.awaitRunners(2);
        long process = Long.parseLong(Files.readString(begun("endless")).trim());

        cluster.worker(0).signal("STOP");
        Files.createFile(folder.resolve("go")); // one ends while nobody can tell of it
        var ends = List.of(desk.ended(endless), desk.ended(ending));
        assertThat(ends).allSatisfy(ZombieIT::isDoneByTheOther);
        var late = end(ending, 1);
        cluster.worker(0).signal("CONT");

        assertThat(late.status()).as("%s", late).isEqualTo(409);
        assertThat(late.body().path("code").asText()).isEqualTo("stale_attempt");
        Living.await("what the sleeper had started", () -> Living.is(process) ? List.of(process) : List.of());
        desk.awaitRunners(2);
        cluster.api.getUntil(
                JobDesk.LONGEST, "/health", answer -> cluster.worker(0).output().contains("stale_attempt"));
        assertThat(List.of(desk.ended(endless), desk.ended(ending))).isEqualTo(ends);
        assertThat(end(endless, 2).status())
                .as("its end was told otherwise already")
                .isEqualTo(409);
    }

    private Api.Answer end(String id, int attempt) {
        var end = "{\"attempt\": %d, \"worker\": \"worker-0\", \"succeeded\": true, \"result\": 1}".formatted(attempt);
        return cluster.api.post(JobDesk.JOBS + "/" + id + "/end", end);
    }

    private static void isDoneByTheOther(JsonNode job) {
        assertThat(job.path("state").asText()).as("%s", job).isEqualTo("succeeded");
        assertThat(job.path("worker").asText()).isEqualTo("worker-1");
        assertThat(job.path("attempt").asInt()).isEqualTo(2);
        assertThat(job.path("result").path("stdout").asText()).isEqualTo("again\n");
    }

    private Path begun(String name) {
        return folder.resolve(name);
    }

    /** A script whose first attempt writes its number and then does this. */
    private String once(String name, String script) {
        return "cd %1$s; if [ -e %2$s ]; then echo again; else echo $$ > %2$s.new; mv %2$s.new %2$s; %3$s; fi"
                .formatted(folder, name, script);
    }
}
