package dev.skein.cli.review.ledger.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.FakeCluster;
import dev.skein.cli.Run;
import dev.skein.git.Upstream;
import dev.skein.review.ledger.StrictLedger;
import dev.skein.review.ledger.Task;
import dev.skein.review.ledger.TaskState;
import dev.skein.review.ledger.result.ResultFile;
import dev.skein.review.ledger.work.TestSite;
import dev.skein.review.scope.Wanted;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerExportTest {
    private static final String PATH = "/api/v1/reviews";
    private static final String RUN = """
            {"id":"r-7","name":"app","root":"/srv/app","node":"n","engine":"pmd","persona":"","state":"running",
            "tasks":{},"files":4,"lines":8,"reviewed":2,"findings":{},"suppressed":0,"skipped":{},
            "include":[],"exclude":["*.sql"],"created_at":"2026-01-02T03:04:05.000Z"}""";
    private static final String TASK = """
            {"id":"rv-0000000%d","directory":"src/d00%d","part":1,"parts":1,"priority":%d,"files":1,"lines":2,
            "state":"%s","job":"j1-1","attempt":%d%s}""";
    private static final String ENDED = """
            ,"worker":"worker-0","started_at":"2026-01-02T03:04:00.000Z","finished_at":"2026-01-02T03:04:10.000Z"%s""";
    private static final String RESULT = """
            {"hash":"%s","fingerprint":"fp","model":"","reviewed":2,"findings":[
            {"path":"src/d000/A0.java","start_line":1,"start_column":1,"end_line":1,"end_column":5,"quote":"class",
            "rule":"bad-class","severity":"high","confidence":0.9,"message":"Bad.","engine":"pmd","model":"",
            "task":"rv-00000000","fingerprint":"f-%d","line_hash":"h"}],
            "rules":[{"id":"bad-class","summary":"Bad.","help":"","link":"","severity":"high","tags":[]}],
            "gaps":[],"proposals":{"proposed":3,"quote_missing":2}%s}""";

    private final FakeCluster cluster = new FakeCluster();
    private String states = "";
    private String hash = ""; // of the files of the first task

    @TempDir
    Path directory;

    private Upstream upstream;
    private TestSite site;

    @BeforeEach
    void open() throws Exception {
        upstream = new Upstream(directory.resolve("up"));
        TestSite.fill(upstream, 4);
        site = new TestSite(directory.resolve("site"), upstream.url(), Duration.ofMinutes(5));
        hash = site.finder.scope(site.board.look().head(), Wanted.DEFAULTS).units().stream()
                .filter(unit -> unit.directory().equals("src/d000"))
                .findFirst()
                .orElseThrow()
                .hash();
        cluster.on("GET " + PATH + "/r-7", 200, RUN);
        cluster.on("GET " + PATH + "/r-7/tasks", asked -> new FakeCluster.Answer(200, states));
        cluster.on(
                "GET " + PATH + "/r-7/tasks/rv-00000000/result",
                asked -> new FakeCluster.Answer(
                        200,
                        asked.path().contains("cursor")
                                ? RESULT.formatted(hash, 2, "").replace("\"proposed\":3,\"quote_missing\":2", "")
                                : RESULT.formatted(hash, 1, ",\"next\":\"rv-00000000/1\"")));
        tell(
                TASK.formatted(0, 0, 2, "done", 1, ENDED.formatted("")),
                TASK.formatted(1, 1, 2, "failed", 3, ENDED.formatted(",\"reason\":\"the model is down\"")),
                TASK.formatted(2, 2, 0, "running", 2, ",\"worker\":\"w\""),
                TASK.formatted(3, 3, 1, "pending", 0, ""));
    }

    @AfterEach
    void close() {
        cluster.close();
        site.close();
        upstream.close();
    }

    private void tell(String... tasks) {
        states = "{\"tasks\":[" + String.join(",", tasks) + "],\"total\":" + tasks.length + ",\"pagination\":{}}";
    }

    private Run export() {
        var words = new ArrayList<>(List.of("review", "ledger", "export", "r-7", "--repo"));
        words.addAll(List.of(upstream.work().toString(), "--remote", upstream.url(), "--branch", "main"));
        return cluster.run(words.toArray(String[]::new));
    }

    private Task task(int number) {
        return site.board.look().task("rv-0000000" + number).orElseThrow();
    }

    @Test
    void a_run_becomes_a_ledger_that_workers_go_on_with_and_twice_is_once() throws Exception {
        var run = export();
        var head = site.board.look().head();
        var again = export();

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("4 tasks; 4 lines created, 1 done, 1 failed");
        assertThat(again.err()).contains("nothing to change");
        var view = site.board.look();
        assertThat(view.head()).isEqualTo(head);
        assertThat(StrictLedger.faults(view.ledger().bytes(), true)).isEmpty();
        assertThat(task(0).state()).isEqualTo(TaskState.DONE);
        assertThat(task(0).issue().text("closed_at")).isEqualTo("2026-01-02T03:04:10Z");
        assertThat(task(0).issue().metadata("seconds").asDouble()).isEqualTo(10);
        assertThat(task(0).hash()).isEqualTo(hash);
        assertThat(task(1).state()).isEqualTo(TaskState.FAILED);
        assertThat(task(1).attempts()).isEqualTo(3);
        assertThat(task(1).reason()).contains("attempt 3 of 3 failed after 10 s: the model is down");
        assertThat(task(2).state()).isEqualTo(TaskState.PENDING);
        assertThat(task(2).priority()).isZero();
        assertThat(task(2).attempts()).isEqualTo(1);
        assertThat(task(3).exclude()).containsExactly("*.sql");
        var file = site.mirror.read(view.head(), ResultFile.path("rv-00000000"), ResultFile.BYTES_MAX);
        var result = ResultFile.read("rv-00000000", file.orElseThrow());
        assertThat(result.findings()).extracting(found -> found.fingerprint()).containsExactly("f-1", "f-2");
        assertThat(result.tally().quoteMissing()).isEqualTo(2);
        assertThat(result.by().token()).isEqualTo(task(0).token()).isEqualTo(1);

        assertThat(site.worker("ann", 0, TestSite::nothing).run().completed()).isEqualTo(2);
        assertThat(export().err()).contains("nothing to change");
        assertThat(task(3).issue().text("assignee")).isEqualTo("ann");
    }

    @Test
    void a_line_that_is_there_keeps_what_nobody_here_knows_and_gets_what_came_of_it() throws Exception {
        var lines = """
                {"id":"bd-aaa1","title":"Not ours","status":"open","priority":1,"issue_type":"bug",\
                "created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z","zz":[1.50]}
                {"id":"bd-task","title":"Review directory: src/d000","status":"blocked","priority":3,\
                "issue_type":"task","created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z",\
                "labels":["mine"],"comments":[{"id":1,"issue_id":"bd-task","author":"ann","text":"hm",\
                "created_at":"2026-01-01T00:00:00Z"}],"x":{"b":1,"a":[]},"metadata":{"path":"src/d000","token":8}}
                {"id":"rv-00000003","title":"Another's","status":"open","priority":1,"issue_type":"bug",\
                "created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z"}
                """;
        upstream.commit(".beads/issues.jsonl", lines);

        var run = export();

        assertThat(run.exit()).as(run.err()).isZero();
        var ledger = site.board.look().ledger();
        assertThat(new String(ledger.bytes(), StandardCharsets.UTF_8))
                .contains(
                        lines.lines().findFirst().orElseThrow(),
                        lines.lines().skip(2).findFirst().orElseThrow());
        var line = new ObjectMapper().readTree(ledger.issue("bd-task").toString());
        assertThat(line.path("status").asText()).isEqualTo("closed");
        assertThat(line.path("x").toString()).isEqualTo("{\"b\":1,\"a\":[]}");
        assertThat(line.at("/comments/0/text").asText()).isEqualTo("hm");
        assertThat(line.at("/labels/0").asText()).isEqualTo("mine");
        assertThat(line.at("/metadata/token").asInt()).isEqualTo(9);
        assertThat(ledger.issues()).doesNotContainKey("rv-00000000");
        assertThat(site.board.look().tasks())
                .filteredOn(task -> task.directory().equals("src/d003"))
                .singleElement()
                .satisfies(task -> assertThat(task.id()).isNotEqualTo("rv-00000003"));
        assertThat(export().err()).contains("nothing to change");
    }

    @Test
    void a_changed_priority_comes_back_and_a_result_of_older_files_does_not_replace_a_newer_one() throws Exception {
        export();
        tell(TASK.formatted(3, 3, 4, "pending", 0, ""), TASK.formatted(1, 1, 0, "pending", 0, ""));

        var run = export();

        assertThat(run.err()).contains("0 lines created, 0 done, 0 failed, 1 with another priority");
        assertThat(task(3).priority()).isEqualTo(4);
        assertThat(task(1).state()).isEqualTo(TaskState.FAILED);
        assertThat(site.worker("ann", 0, TestSite::nothing).run().completed()).isEqualTo(2);
        cluster.on("GET " + PATH + "/r-7/tasks/rv-00000003/result", 200, RESULT.formatted("older", 1, ""));
        var first = TASK.formatted(0, 0, 2, "done", 1, ENDED.formatted(""));
        tell(first, TASK.formatted(3, 3, 4, "done", 1, ENDED.formatted("")));
        assertThat(export().err()).contains("nothing to change");
        tell(first, TASK.formatted(3, 3, 4, "done", 1, ENDED.formatted("").replace("2026", "2099")));
        assertThat(export().err()).contains("1 done");
        assertThat(task(3).hash()).isEqualTo("older");
        assertThat(task(3).token()).isEqualTo(2);
    }

    @Test
    void another_repository_is_refused_before_anything_is_pushed() throws Exception {
        tell(TASK.formatted(0, 0, 2, "pending", 0, "").replace("src/", "elsewhere/"));

        var run = export();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("none of the directories of review r-7", "--repo");
        assertThat(site.board.look().ledger().issues()).isEmpty();
        assertThat(Files.exists(upstream.work().resolve(".beads"))).isFalse();
    }

    /** Directories of the same names are in many. */
    @Test
    void what_was_found_in_other_files_of_the_same_names_is_not_written_into_a_ledger() throws Exception {
        hash = "another";

        var run = export();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("has nothing as it was when review r-7 was made", "--repo");
        assertThat(site.board.look().ledger().issues()).isEmpty();
    }

    @Test
    void a_task_that_the_branch_has_no_place_for_is_left_out_and_told() throws Exception {
        var gone = TASK.formatted(1, 1, 2, "done", 1, ENDED.formatted("")).replace("src/d001", "gone");
        tell(TASK.formatted(0, 0, 2, "done", 1, ENDED.formatted("")), gone);

        var run = export();

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err()).contains("1 lines created, 1 done", "1 tasks are left out");
        assertThat(site.board.look().tasks()).extracting(Task::directory).containsExactly("src/d000");
    }

    @Test
    void an_import_asks_for_the_directory_and_says_what_came_of_it() {
        cluster.on("POST " + PATH + "/imports", 201, """
                {"run":%s,"found":4,"created":3,"taken":1,"again":0,"gone":2}""".formatted(RUN));

        var run = cluster.run("review", "ledger", "import", "/srv/app", "--engine", "pmd");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("review r-7: 4 tasks, 3 of them new; 1 results taken over, 0 to be done again, 2 gone");
        assertThat(cluster.last("POST " + PATH + "/imports").body())
                .isEqualTo("{\"root\":\"/srv/app\",\"engine\":\"pmd\"}");
    }
}
