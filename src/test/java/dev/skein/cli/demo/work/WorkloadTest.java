package dev.skein.cli.demo.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.cli.FakeCluster;
import dev.skein.cli.FakeCluster.Answer;
import dev.skein.cli.FakeHost;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.Target;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Terminal;
import dev.skein.kernel.SteadyClock;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private static final String JOBS = "/api/v1/jobs";
    private static final String TIMES = """
            "worker":"w-0","attempt":2,"attempts":[
            {"number":2,"started_at":"2026-01-15T10:00:00.000Z","finished_at":"2026-01-15T10:00:01.250Z"}]""";
    private static final String MEASURED = "\"details\":{\"peak_rss_bytes\":104857600,\"cap_bytes\":150994944}";
    private static final String HEAVY =
            job("succeeded", "SUCCEEDED", MEASURED).replace("{\"state\"", "{\"result\":3001134,\"state\"");
    private static final String GREEDY = job("parked", "OOM_KILLED", MEASURED);
    private static final String TOOL = job("succeeded", "SUCCEEDED", "\"code\":\"\"")
            .replace("{\"state\"", "{\"result\":{\"text\":\"5\",\"structured\":{\"iterations\":5}},\"state\"");

    private final FakeCluster cluster = new FakeCluster();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void serve() {
        cluster.on("GET " + JOBS + "/runners", 200, """
                {"runners":[{"runner":{"worker":"w-0","types":["exec","mcp","noop"]}},
                {"runner":{"worker":"heavy-0","types":["exec","heavy-compute"]}}]}""");
        cluster.on("POST " + JOBS, asked -> new Answer(202, "{\"id\":\"%s\"}".formatted(typeIn(asked.body()))));
        cluster.on("GET " + JOBS + "/heavy-compute", 200, HEAVY);
        cluster.on("GET " + JOBS + "/exec", 200, GREEDY);
        cluster.on("GET " + JOBS + "/mcp", 200, TOOL);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void each_kind_of_job_is_shown_with_its_outcome_and_its_figures() {
        run();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("heavy-compute  SUCCEEDED   w-0 +2 +1\\.[23] s  3001134 primes .*; peak 100 MiB")
                .containsPattern("exec +OOM_KILLED  w-0 .*; peak 100 MiB of 144 MiB, then parked\n")
                .containsPattern("mcp +SUCCEEDED .*5 iterations at \\(750, 250\\)");
    }

    @Test
    void a_greedy_job_that_comes_through_is_no_success() {
        cluster.on("GET " + JOBS + "/exec", 200, job("succeeded", "SUCCEEDED", MEASURED));

        assertUnsuccessful("exec: expected parked with the outcome OOM_KILLED");
    }

    @Test
    void an_end_for_lack_of_memory_without_peak_and_cap_is_not_enough() {
        cluster.on("GET " + JOBS + "/exec", 200, job("parked", "OOM_KILLED", "\"code\":\"oom_killed\""));

        assertUnsuccessful("exec: ");
    }

    @Test
    void a_wrong_number_of_a_tool_is_found() {
        cluster.on("GET " + JOBS + "/mcp", 200, TOOL.replace("\"iterations\":5", "\"iterations\":6"));

        assertUnsuccessful("mcp: ");
    }

    @Test
    void the_heavy_job_counts_as_others_do() {
        assertThat(new Primes().apply(" 1000000 ")).isEqualTo("78498");
        assertThat(Primes.below(0)).isZero();
        assertThat(Primes.below(3)).isEqualTo(1);
    }

    private void assertUnsuccessful(String why) {
        assertThatThrownBy(this::run).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.exit().number).isEqualTo(8);
            assertThat(failure.why()).startsWith(why).doesNotContain("\n");
        });
    }

    private void run() {
        var streams = new Terminal.Streams(InputStream.nullInputStream(), out, new ByteArrayOutputStream());
        var shell = new Shell(new Terminal(streams, Terminal.Shape.NONE), new FakeHost());
        var target = new Target(URI.create(cluster.endpoint()), "the test", null, null, false);
        new Workload(Api.at(target, shell, Duration.ofSeconds(30)), shell, SteadyClock.system()).run();
    }

    private static String typeIn(String body) {
        return body.replaceAll(".*\"type\":\"([a-z-]+)\".*", "$1");
    }

    private static String job(String state, String kind, String more) {
        return "{\"state\":\"%s\",\"outcome\":{\"kind\":\"%s\",%s},%s}".formatted(state, kind, more, TIMES);
    }
}
