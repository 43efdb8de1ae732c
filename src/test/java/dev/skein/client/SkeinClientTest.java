package dev.skein.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.cli.FakeCluster;
import dev.skein.cli.FakeCluster.Answer;
import dev.skein.kernel.Problem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SkeinClientTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final FakeCluster cluster = new FakeCluster();
    private final SkeinClient skein = SkeinClient.at(cluster.endpoint()).withToken("t");

    @AfterEach
    void close() {
        cluster.close();
    }

    private static String job(String state, int attempt, String more) {
        return "{\"id\":\"j\",\"type\":\"exec\",\"state\":\"" + state + "\",\"attempt\":" + attempt + more + "}";
    }

    @Test
    void a_submission_is_repeated_under_its_key_until_somebody_leads() {
        var times = new AtomicInteger();
        cluster.on(
                "POST /api/v1/jobs",
                asked -> times.incrementAndGet() < 3
                        ? new Answer(503, "{\"error\":\"nobody leads\",\"code\":\"no_leader\"}")
                        : new Answer(202, "{\"id\":\"j\",\"state\":\"queued\"}"));

        var job = NewJob.of("context7", "{\"query\":\"react\"}")
                .within(Duration.ofSeconds(30))
                .labelled("a");
        assertThat(skein.submit(job).join()).isEqualTo("j");

        assertThat(cluster.asked)
                .hasSize(3)
                .extracting(FakeCluster.Asked::body)
                .containsOnly(cluster.asked.get(0).body());
        assertThat(cluster.asked.get(0).body())
                .contains("\"payload\":{\"query\":\"react\"}", "\"total_timeout_millis\":30000", "\"client-");
        assertThat(cluster.asked.get(0).headers().get("Authorization")).containsExactly("Bearer t");
    }

    @Test
    void awaiting_answers_with_the_end_or_says_that_time_ran_out() {
        var times = new AtomicInteger();
        cluster.on(
                "GET /api/v1/jobs/j",
                asked -> new Answer(
                        200,
                        times.incrementAndGet() < 3
                                ? job("running", 1, "")
                                : job("succeeded", 1, ",\"result\":{\"n\":1}")));

        assertThat(skein.await("j", LONG).join())
                .matches(JobInfo::hasSucceeded)
                .extracting(JobInfo::result)
                .isEqualTo("{\"n\":1}");

        cluster.on("GET /api/v1/jobs/j", 200, job("queued", 0, ""));
        assertThatThrownBy(() -> skein.await("j", Duration.ofMillis(1)).join())
                .satisfies(failure -> assertThat(Problem.in(failure).kind()).isEqualTo(Problem.Kind.TIMEOUT));
    }

    @Test
    void a_refusal_keeps_its_code() {
        cluster.on("GET /api/v1/jobs/j", 404, "{\"error\":\"no job j\",\"code\":\"job_not_found\"}");

        assertThatThrownBy(() -> skein.get("j").join())
                .satisfies(failure -> assertThat(Problem.in(failure).code()).isEqualTo("job_not_found"));
    }

    @Test
    void many_are_all_accepted_or_the_first_refusal_is_named() {
        cluster.on("POST /api/v1/jobs:batch", 202, "{\"jobs\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"accepted\":2}");
        var two = List.of(NewJob.of("x", "{}"), NewJob.of("x", "{}"));
        assertThat(skein.submitAll(two).join()).containsExactly("a", "b");

        cluster.on("POST /api/v1/jobs:batch", 202, """
                {"jobs":[{"id":"a"},{"code":"queue_full","error":"no room"}],"accepted":1}""");
        assertThatThrownBy(() -> skein.submitAll(two).join())
                .hasMessageContaining("1 of 2 were accepted; the first refused: no room");
    }

    @Test
    void what_is_parked_is_waited_for_no_longer() {
        cluster.on("GET /api/v1/jobs/j", 200, job("parked", 1, ""));

        assertThat(skein.await("j", LONG).join().state()).isEqualTo("parked");
    }

    @Test
    void following_goes_on_with_the_next_attempt_from_its_beginning() {
        var times = new AtomicInteger();
        cluster.on(
                "GET /api/v1/jobs/j",
                asked -> new Answer(
                        200, times.incrementAndGet() < 3 ? job("retrying", 1, "") : job("succeeded", 2, "")));
        cluster.on(
                "GET /api/v1/jobs/j/logs",
                asked -> new Answer(
                        200,
                        times.get() < 3
                                ? "{\"attempt\":1,\"text\":\"\",\"next\":9,\"dropped\":0,\"ended\":false}"
                                : "{\"attempt\":2,\"text\":\"two\\n\",\"next\":4,\"dropped\":0,\"ended\":true}"));

        skein.stream("j", new JobListener() {}).join();

        assertThat(cluster.last("GET /api/v1/jobs/j/logs").path()).contains("offset=9&attempt=1&");
    }

    private static String part(int attempt, String line, int next, boolean ended) {
        return "{\"attempt\":%d,\"text\":\"%s\",\"next\":%d,\"dropped\":0,\"ended\":%s}"
                .formatted(attempt, line.isEmpty() ? "" : line + "\\n", next, ended);
    }

    @Test
    void following_tells_every_change_and_every_line_in_order() {
        var times = new AtomicInteger();
        cluster.on(
                "GET /api/v1/jobs/j",
                asked -> new Answer(
                        200,
                        switch (times.incrementAndGet()) {
                            case 1, 2 -> job("queued", 0, "");
                            case 3 -> job("running", 1, ",\"progress\":{\"fraction\":0.5,\"note\":\"half\"}");
                            default -> job("succeeded", 1, "");
                        }));
        cluster.on(
                "GET /api/v1/jobs/j/logs",
                asked -> new Answer(
                        200,
                        times.get() < 3
                                ? part(0, "", 0, false)
                                : asked.path().contains("offset=0&")
                                        ? part(1, "one", 4, false)
                                        : part(1, "two", 8, true)));
        var heard = new CopyOnWriteArrayList<String>();

        skein.stream("j", new JobListener() {
                    @Override
                    public void changed(JobInfo job) {
                        heard.add(job.state() + " " + job.note());
                    }

                    @Override
                    public void wrote(String text) {
                        heard.add(text);
                    }
                })
                .join();

        assertThat(heard).containsExactly("queued ", "running half", "one\n", "succeeded ", "two\n");
    }
}
