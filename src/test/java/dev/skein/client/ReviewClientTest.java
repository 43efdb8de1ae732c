package dev.skein.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.cli.FakeCluster;
import dev.skein.kernel.Problem;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReviewClientTest {
    private static final String PATH = "/api/v1/reviews";

    private final FakeCluster cluster = new FakeCluster();
    private final ReviewClient reviews = SkeinClient.at(cluster.endpoint()).reviews();

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void a_review_is_begun_and_read_page_by_page() {
        cluster.on("POST " + PATH, 201, "{\"run\":{\"id\":\"r 1\"}}");
        cluster.on("GET " + PATH + "/r%201/findings", 200, "{\"findings\":[]}");
        cluster.on("GET " + PATH + "/r%201/tasks", 200, "{\"tasks\":[{\"id\":\"t-1\"}]}");

        var run = reviews.start("/srv/app").join().path("run").path("id").asText();

        assertThat(run).isEqualTo("r 1");
        assertThat(cluster.last("POST " + PATH).body()).isEqualTo("{\"root\":\"/srv/app\"}");
        assertThat(reviews.tasks(run, 1_000).join().at("/tasks/0/id").asText()).isEqualTo("t-1");
        reviews.findings(run, null).join();
        assertThat(cluster.last("GET " + PATH + "/r%201/findings").path()).endsWith("?limit=1000");
        reviews.findings(run, "a&b").join();
        assertThat(cluster.last("GET " + PATH + "/r%201/findings").path()).endsWith("?limit=1000&cursor=a%26b");
    }

    @Test
    void changes_carry_what_was_asked_for() {
        cluster.on("POST " + PATH + "/r-1/dismissals", 200, "{\"dismissed\":true}");
        cluster.on("POST " + PATH + "/r-1/retry", 200, "{\"tasks\":4}");
        cluster.on("POST " + PATH + "/r-1/cancel", 200, "{\"done\":true}");
        cluster.on("PATCH " + PATH + "/r-1/tasks/t-1", 200, "{\"done\":true}");

        assertThat(reviews.dismiss("r-1", "f", "known").join().path("dismissed").asBoolean())
                .isTrue();
        assertThat(reviews.retry("r-1", List.of()).join().path("tasks").asInt()).isEqualTo(4);
        assertThat(reviews.cancel("r-1").join().path("done").asBoolean()).isTrue();
        assertThat(reviews.prioritize("r-1", "t-1", 0).join().path("done").asBoolean())
                .isTrue();
        assertThat(cluster.last("POST " + PATH + "/r-1/dismissals").body())
                .isEqualTo("{\"fingerprint\":\"f\",\"reason\":\"known\"}");
        assertThat(cluster.last("POST " + PATH + "/r-1/retry").body()).isEqualTo("{}");
        assertThat(cluster.last("PATCH " + PATH + "/r-1/tasks/t-1").body()).isEqualTo("{\"priority\":0}");
    }

    @Test
    void a_run_that_is_not_there_is_a_problem_with_the_code_of_the_answer() {
        cluster.on("GET " + PATH + "/r-9", 404, "{\"error\":\"there is none\",\"code\":\"review_not_found\"}");

        assertThatThrownBy(() -> reviews.get("r-9").join())
                .satisfies(failure -> assertThat(Problem.in(failure))
                        .extracting(Problem::code)
                        .isEqualTo("review_not_found"));
    }
}
