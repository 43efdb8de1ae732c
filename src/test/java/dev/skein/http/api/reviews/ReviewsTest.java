package dev.skein.http.api.reviews;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.http.EdgeServer;
import dev.skein.kernel.Problem;
import dev.skein.review.Severity;
import dev.skein.review.run.ReviewDetails.ExcerptAsk;
import dev.skein.review.run.ReviewDetails.Filter;
import dev.skein.review.run.ReviewDetails.Suppressed;
import dev.skein.review.run.Reviews;
import dev.skein.review.run.Reviews.Place;
import dev.skein.review.run.Reviews.TaskState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Runs of reviews over HTTP. */
class ReviewsTest {
    private static final String PATH = "/api/v1/reviews";
    private static EdgeServer server;

    @BeforeAll
    static void open() {
        server = new EdgeServer().open();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @AfterEach
    void calm() {
        server.neighbours.failure = null;
        server.neighbours.forget();
    }

    private static EdgeServer.Reply get(String path) {
        return server.ask("GET", PATH + path).key(EdgeServer.VIEWER).send();
    }

    private static EdgeServer.Reply send(String method, String path, String body) {
        return server.ask(method, PATH + path).key(EdgeServer.ADMIN).body(body).send();
    }

    @Test
    void a_review_is_begun_as_it_was_asked_for() {
        var reply = send("POST", "", """
                {"root":"/srv/c","name":"c","engine":"pmd","persona":"security-hawk","include":["src/**"],
                "exclude":["*.sql"],"max_depth":3,"priorities":{"src/auth/**":0},"labels":["gpu"],"since":"r-0",
                "max_attempts":5}""");

        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        assertThat(reply.json().getInteger("found")).isEqualTo(2);
        assertThat(reply.json().getInteger("created")).isEqualTo(2);
        var asked = server.neighbours.last(Reviews.Create.class);
        assertThat(asked.place()).isEqualTo(Place.directory("/srv/c"));
        assertThat(asked.name()).isEqualTo("c");
        assertThat(asked.persona()).isEqualTo("security-hawk");
        assertThat(asked.since()).isEqualTo("r-0");
        assertThat(asked.caller().role()).isEqualTo("admin");
        var choice = asked.choice();
        assertThat(choice.engine()).isEqualTo("pmd");
        assertThat(choice.include()).containsExactly("src/**");
        assertThat(choice.exclude()).containsExactly("*.sql");
        assertThat(choice.depthMax()).isEqualTo(3);
        assertThat(choice.priorities()).isEqualTo(Map.of("src/auth/**", 0));
        assertThat(choice.labels()).containsExactly("gpu");
        assertThat(choice.attemptsMax()).isEqualTo(5);
    }

    @Test
    void a_root_alone_is_enough_and_what_is_asked_for_again_is_200() {
        assertThat(send("POST", "", "{\"root\":\"/srv/c\"}").status()).isEqualTo(201);

        var asked = server.neighbours.last(Reviews.Create.class);
        assertThat(asked.name()).isEmpty();
        assertThat(asked.since()).isNull();
        assertThat(asked.choice()).isEqualTo(new Reviews.Choice("", none(), none(), 0, Map.of(), none(), 3));
        assertThat(send("POST", "", "{\"root\":\"/srv/c\",\"name\":\"again\"}").status())
                .isEqualTo(200);
    }

    @Test
    void a_workspace_or_a_repository_is_reviewed_in_place_of_a_directory() {
        assertThat(send("POST", "", "{\"workspace\":\"app\"}").status()).isEqualTo(201);
        assertThat(server.neighbours.last(Reviews.Create.class).place()).isEqualTo(Place.workspace("app"));

        var reply = send("POST", "", "{\"git\":\"https://git.example.org/app.git\",\"ref\":\"v1\"}");
        assertThat(server.neighbours.last(Reviews.Create.class).place())
                .isEqualTo(Place.repository("https://git.example.org/app.git", "v1"));
        var run = reply.json().getJsonObject("run");
        assertThat(run.getString("git")).isEqualTo("https://git.example.org/app.git");
        assertThat(run.getString("commit")).isEqualTo("0f0f");
        assertThat(run.containsKey("workspace")).isFalse();
    }

    @Test
    void what_names_no_place_or_several_is_refused_with_the_names_of_the_fields() {
        var none = send("POST", "", "{}");
        var two = send("POST", "", "{\"root\":\"/srv/c\",\"git\":\"https://git.example.org/app.git\"}");
        var ref = send("POST", "", "{\"workspace\":\"app\",\"ref\":\"v1\"}");

        assertThat(none.status()).isEqualTo(400);
        assertThat(none.text()).contains("exactly one of root", "git", "workspace", "got none");
        assertThat(two.status()).isEqualTo(400);
        assertThat(two.text()).contains("got root and git");
        assertThat(ref.status()).isEqualTo(400);
        assertThat(ref.text()).contains("ref: goes with git");
        assertThat(server.neighbours.asked).isEmpty();
    }

    @Test
    void a_field_that_nobody_knows_is_refused_with_the_one_that_is_meant() {
        var review = send("POST", "", "{\"root\":\"/srv/c\",\"includes\":[\"*.java\"]}");
        var ledger = send("POST", "/imports", "{\"root\":\"/srv/c\",\"engin\":\"pmd\"}");

        assertThat(review.status()).isEqualTo(400);
        assertThat(review.text()).contains("includes is unknown; did you mean include?");
        assertThat(ledger.status()).isEqualTo(400);
        assertThat(ledger.text()).contains("engin is unknown; did you mean engine?");
        assertThat(server.neighbours.asked).isEmpty();
    }

    private static List<String> none() {
        return List.of();
    }

    @Test
    void a_priority_that_is_none_is_refused_with_its_reason() {
        var wrongs = List.of("{\"a\":5}", "{\"a\":-1}", "{\"a\":null}", "{\"\":1}", "{\"a\":\"high\"}", "{\"a\":1.5}");
        for (var wrong : wrongs) {
            var reply = send("POST", "", "{\"root\":\"/srv/c\",\"priorities\":" + wrong + "}");

            assertThat(reply.status()).as(wrong + reply.text()).isEqualTo(400);
            assertThat(reply.json().getString("code")).isEqualTo("invalid_request");
            assertThat(reply.json().getString("error")).as(wrong).startsWith("priorities: ");
        }
        assertThat(server.neighbours.asked).isEmpty();
    }

    @Test
    void a_run_says_how_far_it_is_with_every_state_and_severity() {
        var run = get("/r-7").json();

        assertThat(run.getString("id")).isEqualTo("r-7");
        assertThat(run.getJsonObject("tasks"))
                .isEqualTo(new JsonObject("{\"pending\":1,\"running\":1,\"done\":1,\"failed\":0}"));
        assertThat(run.getJsonObject("findings"))
                .isEqualTo(new JsonObject("{\"critical\":0,\"high\":2,\"medium\":0,\"low\":0,\"info\":0}"));
        assertThat(run.getString("created_at")).isEqualTo("1970-01-01T00:00:01.000Z");
        assertThat(run.containsKey("finished_at")).isFalse();
        assertThat(get("").json().getJsonObject("pagination").getBoolean("has_more"))
                .isTrue();
    }

    @Test
    void a_run_that_goes_on_says_when_it_will_end_by_what_was_measured() {
        var eta = get("/r-7").json().getJsonObject("eta");

        assertThat(eta.getString("text")).endsWith("1 worker, 1 task measured");
        assertThat(eta.getInteger("workers")).isEqualTo(1);
        assertThat(eta.getInteger("measured")).isEqualTo(1);
        assertThat(eta.getLong("early_millis")).isPositive().isLessThanOrEqualTo(eta.getLong("likely_millis"));
        assertThat(eta.getLong("late_millis")).isGreaterThanOrEqualTo(eta.getLong("likely_millis"));
        assertThat(get("").json().getJsonArray("reviews").getJsonObject(0).containsKey("eta"))
                .isFalse();
    }

    @Test
    void tasks_are_listed_by_state() {
        var reply = get("/r-1/tasks?state=done&limit=7&offset=3");

        var asked = server.neighbours.last(Reviews.Tasks.class);
        assertThat(asked).isEqualTo(new Reviews.Tasks("r-1", TaskState.DONE, 7, 3));
        var first = reply.json().getJsonArray("tasks").getJsonObject(0);
        assertThat(first.getString("state")).isEqualTo("done");
        assertThat(first.getString("worker")).isEqualTo("worker-0");
        assertThat(get("/r-1/tasks?state=lost").status()).isEqualTo(400);
    }

    @Test
    void findings_come_as_they_are_kept_with_a_cursor() {
        var reply = get("/r-1/findings?cursor=t-0&severity=high&limit=9");

        assertThat(server.neighbours.last(Reviews.Findings.class))
                .isEqualTo(new Reviews.Findings("r-1", "t-0", "high", 9));
        assertThat(reply.json().getJsonObject("proposals").getLong("quote_missing"))
                .isEqualTo(1);
        assertThat(reply.json().getJsonArray("findings"))
                .isEqualTo(
                        new JsonArray("[{\"path\":\"src/A.java\",\"message\":\"\u00fc\"},{\"path\":\"src/B.java\"}]"));
        assertThat(reply.json().getJsonArray("rules")).hasSize(1);
        assertThat(reply.json().getJsonArray("gaps")).isEmpty();
        assertThat(reply.json().getString("next")).isEqualTo("t-1");
        assertThat(get("/r-1/findings?severity=bad").status()).isEqualTo(400);
    }

    @Test
    void findings_are_narrowed_by_what_is_asked_for() {
        get("/r-1/findings?level=low&rule=R&path=src%2F&text=a%20b&suppressed=no");

        var filter = server.neighbours.last(Reviews.Findings.class).filter();
        assertThat(filter).isEqualTo(new Filter(Severity.LOW, "R", "src/", "a b", Suppressed.NO));
        assertThat(get("/r-1/findings?suppressed=perhaps").status()).isEqualTo(400);
    }

    @Test
    void what_happens_in_a_run_is_told_in_lists_with_the_pace_of_workers() {
        var progress = get("/r-1/progress").json();

        assertThat(progress.getJsonArray("running").getJsonObject(0).getString("id"))
                .isEqualTo("t-3");
        assertThat(progress.getJsonArray("workers").getJsonObject(0))
                .isEqualTo(new JsonObject(
                        "{\"worker\":\"worker-0\",\"live\":true,\"tasks\":1,\"lines_per_second\":50.0}"));
    }

    @Test
    void what_is_skipped_is_told_by_path_with_how_much_more_there_is() {
        assertThat(get("/r-1/skipped").json())
                .isEqualTo(new JsonObject("{\"skipped\":[{\"path\":\"a.png\",\"reason\":\"binary\"}],"
                        + "\"counts\":{\"binary\":4},\"more\":3}"));
    }

    @Test
    void a_ledger_is_taken_as_it_was_asked_for_and_what_a_task_found_is_told() {
        var reply = send("POST", "/imports", "{\"root\":\"/srv/c\",\"engine\":\"pmd\",\"labels\":[\"gpu\"]}");

        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        assertThat(reply.json().getInteger("taken")).isEqualTo(1);
        var asked = server.neighbours.last(Reviews.Create.class);
        assertThat(asked.choice().engine()).isEqualTo("pmd");
        assertThat(asked.choice().labels()).containsExactly("gpu");
        assertThat(send("POST", "/imports", "{\"root\":\"/srv/c\",\"name\":\"again\"}")
                        .status())
                .isEqualTo(200);
        var result = get("/r-1/tasks/t-1/result?cursor=t-1%2F3").json();
        assertThat(server.neighbours.last(Reviews.ResultAsk.class))
                .isEqualTo(new Reviews.ResultAsk("r-1", "t-1", "t-1/3"));
        assertThat(result.getString("hash")).isEqualTo("h");
        assertThat(result.getJsonArray("findings")).hasSize(2);
        assertThat(get("/r-1").json().getJsonArray("include")).containsExactly("src/**");
    }

    @Test
    void an_excerpt_is_of_the_lines_that_were_asked_for_and_says_that_the_file_has_changed() {
        var excerpt = get("/r-1/excerpt?path=src%2FA.java&first=4").json();

        assertThat(server.neighbours.last(ExcerptAsk.class)).isEqualTo(new ExcerptAsk("r-1", "src/A.java", 4, 4, 3));
        assertThat(excerpt)
                .isEqualTo(
                        new JsonObject("{\"first\":4,\"lines\":[\"<b>\"],\"total\":9,\"changed\":true,\"cut\":false}"));
        for (var wrong : List.of("", "?path=a&first=0", "?path=a&around=51")) {
            assertThat(get("/r-1/excerpt" + wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void changes_reach_the_leader_with_whoever_asked() {
        assertThat(send("POST", "/r-1/dismissals", "{\"fingerprint\":\"f\",\"reason\":\"known\"}")
                        .json())
                .isEqualTo(new JsonObject("{\"dismissed\":true}"));
        assertThat(send("POST", "/r-1/retry", "{\"tasks\":[\"t-1\"]}").json())
                .isEqualTo(new JsonObject("{\"tasks\":1}"));
        assertThat(send("POST", "/r-1/retry", null).status()).isEqualTo(200);
        assertThat(send("POST", "/r-1/cancel", null).status()).isEqualTo(200);
        assertThat(send("PATCH", "/r-1/tasks/t-1", "{\"priority\":0}").status()).isEqualTo(200);

        assertThat(server.neighbours.last(Reviews.Dismiss.class).reason()).isEqualTo("known");
        assertThat(server.neighbours.last(Reviews.Retry.class).tasks()).isEmpty();
        assertThat(server.neighbours.last(Reviews.Cancel.class).run()).isEqualTo("r-1");
        var moved = server.neighbours.last(Reviews.Prioritize.class);
        assertThat(moved.task()).isEqualTo("t-1");
        assertThat(moved.priority()).isZero();
        assertThat(moved.caller().subject()).isEqualTo("admin");
    }

    @Test
    void a_blank_reason_and_a_priority_out_of_range_are_refused() {
        assertThat(send("POST", "/r-1/dismissals", "{\"fingerprint\":\"f\",\"reason\":\"  \"}")
                        .status())
                .isEqualTo(400);
        assertThat(send("PATCH", "/r-1/tasks/t-1", "{\"priority\":5}").status()).isEqualTo(400);
        assertThat(send("POST", "/r-1/retry", "{\"task\":[\"t-1\"]}").status()).isEqualTo(400); // not all of them
        assertThat(server.neighbours.asked).isEmpty();
    }

    @Test
    void a_run_that_is_not_there_is_404() {
        server.neighbours.failure =
                new Problem(Problem.Kind.NOT_FOUND, "review_not_found", "there is no review r-9", List.of());

        for (var path : new String[] {"/r-9", "/r-9/tasks", "/r-9/findings"}) {
            assertThat(get(path).status()).isEqualTo(404);
            assertThat(get(path).json().getString("code")).isEqualTo("review_not_found");
        }
    }
}
