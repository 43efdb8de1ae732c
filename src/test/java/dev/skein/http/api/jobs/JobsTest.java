package dev.skein.http.api.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.http.EdgeServer;
import dev.skein.job.JobRuns;
import dev.skein.job.JobSpec;
import dev.skein.job.JobState;
import dev.skein.job.Jobs;
import dev.skein.job.Outcome;
import dev.skein.job.Schedules;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs over HTTP: what reaches the leader, and what its answers look like. */
class JobsTest {
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
    }

    private static EdgeServer.Reply ask(String method, String path, String body) {
        var text = body == null ? null : body.replace('\'', '"');
        return server.ask(method, path).key(EdgeServer.ADMIN).body(text).send();
    }

    @Test
    void a_submission_reaches_the_leader_with_all_its_words() {
        var reply = ask("POST", "/api/v1/jobs", """
                {'type':'exec','payload':{'argv':['true']},'priority':0,'fairness_key':'f','concurrency_key':'c',
                 'concurrency_max':2,'delay_millis':5,'queue_timeout_millis':1,'run_timeout_millis':2,
                 'heartbeat_timeout_millis':3,'total_timeout_millis':4,'capabilities':['gpu'],
                 'worker_labels':['zone=a'],
                 'affinity':'w','memory_bytes':7,'wait_for_capacity':true,'max_attempts':9,'idempotency_key':'k',
                 'labels':['team=core'],'retention_millis':8}""");

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.text()).isEqualTo("{\"id\":\"j-1\",\"state\":\"queued\",\"existing\":false}");
        var spec = server.neighbours.last(Jobs.Submit.class).spec();
        assertThat(spec.payload()).isEqualTo("{\"argv\":[\"true\"]}");
        assertThat(spec.order().toString())
                .contains("priority=0", "f", "concurrencyKey=c", "concurrencyMax=2", "PT0.005S");
        assertThat(spec.timeouts().heartbeat()).isEqualTo(Duration.ofMillis(3));
        assertThat(spec.needs().toString()).contains("[gpu]", "[zone=a]", "affinity=w", "memoryBytes=7", "=true");
        assertThat(List.of(spec.attemptsMax(), spec.idempotencyKey(), spec.labels()))
                .isEqualTo(List.of(9, "k", List.of("team=core")));
        assertThat(server.neighbours.last(Jobs.Submit.class).caller().toString())
                .contains("admin");
    }

    @Test
    void the_key_may_be_a_header_and_must_not_be_two() {
        var plain = "{\"type\":\"exec\"}";
        var keyed = "{\"type\":\"exec\",\"idempotency_key\":\"a\"}";

        assertThat(keyed("b", plain).status()).isEqualTo(202);
        assertThat(server.neighbours.last(Jobs.Submit.class).spec().idempotencyKey())
                .isEqualTo("b");
        assertThat(keyed("a", keyed).status()).isEqualTo(202);
        assertThat(keyed("b", keyed).status()).isEqualTo(400);
        assertThat(keyed("b", keyed).json().getString("error"))
                .isEqualTo("the header Idempotency-Key differs from idempotency_key; give one of them");
        assertThat(keyed("x".repeat(201), plain).json().getString("error"))
                .startsWith("the header Idempotency-Key: ")
                .contains("200");
    }

    private static EdgeServer.Reply keyed(String key, String body) {
        return server.ask("POST", "/api/v1/jobs")
                .key(EdgeServer.ADMIN)
                .header("idempotency-key", key)
                .body(body)
                .send();
    }

    @Test
    void many_are_answered_for_one_by_one() {
        var reply = ask("POST", "/api/v1/jobs:batch", "{'jobs':[{'type':'exec'},{'type':'x'}]}");

        assertThat(reply.json()).isEqualTo(new JsonObject("""
                {"jobs":[{"id":"j-1","state":"queued","existing":false},
                 {"code":"unknown_job_type","error":"nobody does jobs of type x"}],"accepted":1,"refused":1}"""));
        assertThat(server.neighbours.last(Jobs.SubmitMany.class).specs()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/jobs | {'type':'exec','idempotencyKey':'a'} | idempotencyKey; idempotency_key?",
                "/jobs | {'type':'exec','zzzzzzzz':null} | zzzzzzzz is unknown",
                "/jobs:batch | {'jobs':[{'type':'exec','prority':1}]} | jobs[0].prority; priority?",
                "/schedules | {'id':'a','cron':'@daily','pausd':true,'job':{'type':'x'}} | pausd; paused?",
                "/jobs/j-1/retry | {'resaon':'a'} | resaon; reason?",
                "/jobs?wiat=1s | {'type':'exec'} | the query parameter wiat is unknown"
            })
    void what_is_misspelt_is_refused_with_what_was_probably_meant(String path, String body, String said) {
        var reply = ask("POST", "/api/v1" + path, body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().getJsonArray("details"))
                .containsExactly(said.replace("; ", " is unknown; did you mean "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'exec','labels':['a','b\\nc']} | labels[1]",
                "{'type':'exec','labels':[' ']} | labels[0]",
                "{'type':'exec','idempotency_key':'a\\u0000'} | idempotency_key",
            })
    void words_to_find_a_job_by_are_lines_of_text(String body, String field) {
        assertThat(ask("POST", "/api/v1/jobs", body).json().getString("error"))
                .contains(field + " must be one line of text, not blank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'a': NaN}", "{'a': 1 /* b */}"})
    void what_is_no_json_is_told_without_words_about_its_reader(String body) {
        assertThat(ask("POST", "/api/v1/jobs", body).json().getString("error"))
                .startsWith("line 1, column")
                .doesNotContain("enable", "Feature", "`");
    }

    @Test
    void a_misspelt_filter_is_refused_rather_than_left_out() {
        assertThat(ask("GET", "/api/v1/jobs?sate=failed", null).json().getString("error"))
                .isEqualTo("the query parameter sate is unknown; did you mean state?");
        assertThat(ask("GET", "/api/v1/schedules?limt=1", null).status()).isEqualTo(400);
        assertThat(ask("GET", "/api/v1/cluster/workers?whatever=1", null).status())
                .as("an operation of the source document")
                .isEqualTo(200);
    }

    @Test
    void a_schedule_keeps_the_id_of_its_path() {
        var put = "{'id':'%s','cron':'@daily','job':{'type':'exec'}}";

        assertThat(ask("PUT", "/api/v1/schedules/s1", put.formatted("s1")).status())
                .isEqualTo(200);
        assertThat(ask("PUT", "/api/v1/schedules/s1", put.formatted("s2"))
                        .json()
                        .getString("error"))
                .isEqualTo("id must be that of the path, s1");
    }

    @Test
    void a_job_shows_payload_and_result_as_json() {
        var job = ask("GET", "/api/v1/jobs/j-7?wait=1ms", null).json();

        assertThat(job.getString("id")).isEqualTo("j-7");
        assertThat(job.getString("state")).isEqualTo("succeeded");
        assertThat(job.getJsonObject("payload")).isEqualTo(new JsonObject("{\"argv\":[\"true\"]}"));
        assertThat(job.getJsonObject("result").getInteger("exit")).isZero();
        assertThat(job.getJsonObject("progress").getDouble("fraction")).isEqualTo(0.5);
        assertThat(job.getJsonObject("outcome").getString("kind")).isEqualTo("SUCCEEDED");
        assertThat(job.getString("created_at")).isEqualTo("1970-01-01T00:00:00.000Z");
        assertThat(server.neighbours.last(Jobs.Get.class)).isEqualTo(new Jobs.Get("j-7", 1, true));
    }

    @Test
    void an_end_is_told_in_the_workers_name_and_refused_when_the_attempt_is_over() {
        var path = "/api/v1/jobs/j-1/end";

        assertThat(ask("POST", path, "{'attempt':1,'worker':'w','succeeded':true,'result':{'x':1}}")
                        .text())
                .isEqualTo("{\"verdict\":\"accepted\"}");
        var report = server.neighbours.last(JobRuns.Report.class);
        assertThat(report.worker()).isEqualTo("w");
        assertThat(report.news())
                .containsExactly(JobRuns.News.finished(new JobRuns.Ref("j-1", 1), Outcome.SUCCESS, "{\"x\":1}", null));

        var late = ask("POST", path, "{'attempt':2,'worker':'w','succeeded':false,'code':'no','message':'m'}");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.text()).contains("stale_attempt");
        assertThat(server.neighbours.last(JobRuns.Report.class).news().get(0).outcome())
                .isEqualTo(Outcome.failed("no", "m", true));
    }

    @Test
    void a_list_is_filtered_by_the_leader() {
        var reply =
                ask("GET", "/api/v1/jobs?state=failed,pending&type=exec&label=a%3Db&error=x&cursor=c&limit=7", null);

        assertThat(reply.json().getString("next")).isEqualTo("next");
        assertThat(server.neighbours.last(Jobs.ListAll.class))
                .isEqualTo(new Jobs.ListAll(
                        List.of(JobState.FAILED, JobState.QUEUED), "exec", null, "a=b", null, "x", "c", 7));
    }

    @Test
    void logs_and_reasons_and_counts_are_shown() {
        assertThat(ask("GET", "/api/v1/jobs/j-1/logs?offset=-100&bytes=50&wait=2s", null)
                        .text())
                .isEqualTo("{\"attempt\":1,\"text\":\"hello\\n\",\"next\":6,\"dropped\":0,\"ended\":true}");
        assertThat(server.neighbours.last(Jobs.LogsAsk.class)).isEqualTo(new Jobs.LogsAsk("j-1", -100, 50, 2_000, 0));
        assertThat(ask("GET", "/api/v1/jobs/j-1/why", null).text()).contains("\"code\":\"no_memory\"", "\"ahead\":2");
        assertThat(ask("GET", "/api/v1/jobs/stats", null)
                        .json()
                        .getJsonObject("counts")
                        .getInteger("oldest_queued_millis"))
                .isEqualTo(9_500);
        var stats = ask("GET", "/api/v1/jobs/stats", null).json();
        assertThat(stats.getJsonObject("eta")).isEqualTo(new JsonObject("""
                {"low_seconds":1.5,"high_seconds":3.0,"samples":40,"samples_needed":20}"""));
        assertThat(stats.getJsonObject("oldest_age_seconds")).isEqualTo(new JsonObject("{\"queued\":9}"));
        assertThat(stats.getJsonArray("types").getJsonObject(0).getJsonObject("eta"))
                .isEqualTo(new JsonObject("{\"samples\":7,\"samples_needed\":20}"));
        assertThat(ask("DELETE", "/api/v1/jobs?state=queued", null).text())
                .isEqualTo("{\"cancelled\":3,\"cancelling\":0}");
    }

    @Test
    void memory_is_shown_by_node_with_its_jobs_and_a_silent_node_is_unknown() {
        var nodes = ask("GET", "/api/v1/memory", null).json().getJsonArray("nodes");

        assertThat(nodes.getJsonObject(0)).isEqualTo(new JsonObject("""
                {"node":"worker-0","capacity_bytes":4294967296,"reserved_bytes":1073741824,"used_bytes":314572800,
                 "level":"low","cpu":0.25,"categories":{"indexes":5},
                 "heap":{"used_bytes":1,"max_bytes":2,"direct_bytes":3},
                 "limits":{"host_bytes":8589934592,"chosen_bytes":8589934592},
                 "types":["exec","mcp"],
                 "jobs":[{"id":"j-1","attempt":1,"type":"exec","reserved_bytes":1073741824,"used_bytes":7},
                  {"id":"j-2","attempt":1,"type":"mcp","reserved_bytes":0}]}"""));
        assertThat(nodes.getJsonObject(1).getString("level")).isEqualTo("unknown");
    }

    @Test
    void what_is_wrong_is_named() {
        assertThat(ask("POST", "/api/v1/jobs", "{}").json().getString("error")).isEqualTo("type is missing");
        assertThat(ask("POST", "/api/v1/jobs", "{'type':'x','priority':10,'max_attempts':0}")
                        .json()
                        .getJsonArray("details"))
                .hasSize(2);
        assertThat(ask("POST", "/api/v1/jobs", "{'type':'x','labels':['']}").status())
                .isEqualTo(400);
        assertThat(ask("POST", "/api/v1/jobs:batch", "{'jobs':[]}").status()).isEqualTo(400);
        assertThat(ask("GET", "/api/v1/jobs?state=lost", null).json().getString("error"))
                .startsWith("no state of a job is called lost; there are queued, running");
        assertThat(ask("GET", "/api/v1/jobs/j-1?wait=2m", null).code()).isEqualTo("invalid_query");
        assertThat(ask("GET", "/api/v1/jobs/j-1?wait=soon", null).code()).isEqualTo("invalid_query");
        assertThat(ask("DELETE", "/api/v1/jobs", null).json().getString("error"))
                .startsWith("state is missing");
        assertThat(ask("DELETE", "/api/v1/jobs?state=failed", null).status()).isEqualTo(400);
    }

    @Test
    void the_leaders_refusals_keep_their_codes() {
        refused(Kind.INVALID, "unknown_job_type", 400);
        refused(Kind.TOO_LARGE, "payload_too_large", 413);
        refused(Kind.IMPOSSIBLE, "memory_impossible", 422);
        refused(Kind.CONFLICT, "idempotency_key_reused", 409);
        assertThat(refused(Kind.LIMITED, "queue_full", 429).header("retry-after"))
                .isEqualTo("1");
    }

    private static EdgeServer.Reply refused(Kind kind, String code, int status) {
        server.neighbours.failure = new Problem(kind, code, "no", List.of());
        var reply = ask("POST", "/api/v1/jobs", "{'type':'exec'}");
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
        return reply;
    }

    @Test
    void a_schedule_is_made_changed_and_paused() {
        var body = "{'id':'nightly','cron':'0 3 * * *','zone':'Europe/Berlin','job':{'type':'exec'}}";

        assertThat(ask("POST", "/api/v1/schedules", body).json().getString("zone"))
                .isEqualTo("Europe/Berlin");
        assertThat(server.neighbours.last(Schedules.Put.class).replace()).isFalse();
        ask("PUT", "/api/v1/schedules/nightly", "{'cron':'@daily','job':{'type':'exec'}}");
        assertThat(server.neighbours.last(Schedules.Put.class).replace()).isTrue();
        assertThat(ask("POST", "/api/v1/schedules/nightly/pause", null).json().getBoolean("paused"))
                .isTrue();
        assertThat(server.neighbours.last(Schedules.Pause.class).paused()).isTrue();
        assertThat(ask("DELETE", "/api/v1/schedules/nightly", null).text()).isEqualTo("{\"deleted\":true}");
    }

    @Test
    void what_a_schedule_is_shown_to_ask_for_can_be_sent_again_and_is_the_same() throws Exception {
        var shown = ask("PUT", "/api/v1/schedules/nightly", """
                {'cron':'@daily','zone':'Europe/Berlin','paused':true,'overlap':true,
                 'job':{'type':'exec','payload':{'argv':['true']},'priority':0,'fairness_key':'f','concurrency_key':'c',
                 'concurrency_max':2,'delay_millis':5,'queue_timeout_millis':1,'run_timeout_millis':2,
                 'heartbeat_timeout_millis':3,'total_timeout_millis':4,'capabilities':['gpu'],
                 'worker_labels':['zone=a'],'affinity':'w','memory_bytes':7,'wait_for_capacity':true,'max_attempts':9,
                 'idempotency_key':'k','labels':['team=core'],'retention_millis':8}}""").json();
        var first = server.neighbours.last(Schedules.Put.class).plan();
        everyPartDiffers(first.spec(), JobSpec.of("x", "{}"));
        var again = new JsonObject();
        List.of("cron", "zone", "paused", "overlap", "job").forEach(name -> again.put(name, shown.getValue(name)));

        assertThat(ask("PUT", "/api/v1/schedules/nightly", again.encode()).status())
                .isEqualTo(200);
        assertThat(server.neighbours.last(Schedules.Put.class).plan()).isEqualTo(first);
    }

    /** So that a part that is added later is not forgotten here. */
    private static void everyPartDiffers(Record one, Record other) throws Exception {
        for (var part : one.getClass().getRecordComponents()) {
            var mine = part.getAccessor().invoke(one);
            var its = part.getAccessor().invoke(other);
            if (mine instanceof Record inner) {
                everyPartDiffers(inner, (Record) its);
            } else {
                assertThat(mine).as(part.getName()).isNotEqualTo(its);
            }
        }
    }

    @Test
    void the_older_shapes_say_the_same() {
        var worker = ask("GET", "/api/workers/status", null)
                .json()
                .getJsonArray("workers")
                .getJsonObject(0);
        assertThat(worker.getJsonArray("capabilities").getList()).isEqualTo(List.of("exec", "mcp", "general"));
        assertThat(worker.getJsonObject("memory").getString("total")).isEqualTo("4GiB");
        assertThat(worker.getBoolean("healthy")).isTrue();
        var stats = ask("GET", "/api/workers/jobs/stats", null).json();
        assertThat(stats.getInteger("completed"))
                .isEqualTo(stats.getInteger("succeeded"))
                .isEqualTo(5);
        assertThat(stats.getJsonObject("by_type").getJsonObject("exec").getInteger("running"))
                .isEqualTo(2);
        assertThat(ask("DELETE", "/api/workers/jobs/clear", null).status()).isEqualTo(200);
        assertThat(server.neighbours.last(Jobs.Clear.class).states())
                .containsExactly(JobState.QUEUED, JobState.RETRYING);
    }

    @Test
    void a_library_is_asked_for_by_a_job_that_is_waited_for() {
        var found = ask("POST", "/api/context7/resolve", "{'query':'react'}").json();

        assertThat(found.getJsonObject("result").getInteger("exit")).isZero();
        assertThat(server.neighbours.last(Jobs.Get.class).waitMillis()).isEqualTo(30_000);
        for (var path : List.of("%2Forg%2Fproject", "org/project")) {
            ask("GET", "/api/context7/docs/" + path + "?query=hooks", null);
            assertThat(server.neighbours.last(Jobs.Submit.class).spec().payload())
                    .isEqualTo("{\"action\":\"docs\",\"libraryId\":\"/org/project\",\"query\":\"hooks\"}");
        }
        assertThat(ask("GET", "/api/context7/search", null).code()).isEqualTo("invalid_query");
    }

    @Test
    void a_number_out_of_range_is_refused_with_the_range() {
        assertThat(ask("POST", "/api/v1/jobs", "{'type':'exec','memory_bytes':9007199254740992}")
                        .text())
                .contains("memory_bytes must be between 0 and 9007199254740991, got 9007199254740992");
        assertThat(ask("POST", "/api/v1/jobs", "{'type':'exec','memory_bytes':99999999999999999999}")
                        .text())
                .contains("memory_bytes must be a whole number, got one that is too large");
    }

    @Test
    void whoever_may_not_submit_jobs_is_not_shown_the_secrets_of_a_payload() {
        var hidden = server.ask("GET", "/api/v1/jobs/j-secret")
                .key(EdgeServer.VIEWER)
                .send();
        var whole = server.ask("GET", "/api/v1/jobs/j-secret")
                .key(EdgeServer.OPERATOR)
                .send();

        assertThat(hidden.status()).isEqualTo(200);
        assertThat(hidden.json().getJsonObject("payload").encode())
                .isEqualTo("{\"argv\":[\"true\"],\"env\":{\"K\":\"***\"}}");
        assertThat(hidden.text()).doesNotContain("s3cret");
        assertThat(whole.text()).contains("s3cret");
    }
}
