package dev.skein.cli.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.cli.FakeCluster;
import dev.skein.cli.FakeCluster.Answer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkspaceCommandTest {
    private static final String PATH = "/api/v1/workspaces";
    private static final String APP = """
            {"id":"1","name":"app","root":"/srv/app","router":"n","source_roots":["src"],"shards":[{"root":"src"}]}""";
    private static final String COVERED = """
            "shards_answered":1,"shards_total":2,"partial":true,"stale":true,"as_of":"2026-01-02T03:04:05Z",\
            "missing":[{"shard":"src/test/java","code":"building"}]}""";
    private static final String FOUND = """
            {"symbols":[{"name":"HashMap","kind":"class","container":"java.util","qualified_name":"java.util.HashMap",\
            "path":"java/util/HashMap.java","name_at":{"line":138,"column":13}}],\
            "total":1,"truncated":false,""" + COVERED;

    private final FakeCluster cluster = new FakeCluster();

    @AfterEach
    void close() {
        cluster.close();
    }

    private void knowsOne() {
        cluster.on("GET " + PATH, 200, "{\"workspaces\":[" + APP + "],\"total\":1,\"pagination\":{}}");
    }

    @Test
    void a_directory_is_named_as_it_is_seen_from_here() {
        cluster.on("POST /api/v1/workspaces", 201, "{\"name\":\"app\"}");

        assertThat(cluster.run("workspace", "add", "app", "src/main").exit()).isZero();

        assertThat(cluster.last("POST /api/v1/workspaces").body())
                .contains("\"" + Path.of("src/main").toAbsolutePath() + "\"");
    }

    @Test
    void a_workspace_is_added_with_the_source_roots_that_are_named() {
        cluster.on("POST " + PATH, 201, APP);

        var run = cluster.run("workspace", "add", "app", "/srv/app", "--source-root", "src", "--source-root", "gen");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(cluster.last("POST " + PATH).body())
                .isEqualTo("{\"name\":\"app\",\"root\":\"/srv/app\",\"source_roots\":[\"src\",\"gen\"]}");
        assertThat(run.out()).contains("app", "/srv/app");
    }

    private static String cloned(String state, String repository) {
        return "{\"name\":\"app\",\"root\":\"/data/clones/app-1\",\"router\":\"n\",\"shards\":[],\"state\":\"" + state
                + "\",\"repository\":{\"url\":\"https://git.example.org/app\"" + repository + "}}";
    }

    @Test
    void a_repository_is_added_and_its_end_is_waited_for() {
        cluster.on(
                "POST " + PATH,
                202,
                cloned("cloning", ",\"progress\":{\"task\":\"Receiving objects\",\"bytes\":4096}"));
        cluster.on("GET " + PATH + "/app", 200, cloned("ready", ",\"commit\":\"0123\""));

        var run = cluster.run(
                "workspace", "add", "app", "--git", "https://git.example.org/app", "--branch", "main", "-o", "wide");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(cluster.last("POST " + PATH).body())
                .isEqualTo("{\"name\":\"app\",\"git\":\"https://git.example.org/app\",\"branch\":\"main\"}");
        assertThat(run.err()).contains("app: cloning https://git.example.org/app (Receiving objects, 4,096 bytes)");
        assertThat(run.out()).contains("ready", "https://git.example.org/app", "0123");
    }

    @Test
    void a_copy_that_fails_says_why_and_a_workspace_is_a_directory_or_a_repository() {
        cluster.on("POST " + PATH, 202, cloned("cloning", ""));
        var problem = ",\"problem\":{\"code\":\"git_too_large\",\"message\":\"more than 7 bytes (git.bytes-max)\"}";
        cluster.on("GET " + PATH + "/app", 200, cloned("failed", problem));
        cluster.on("POST " + PATH + "/app/refresh", 200, cloned("ready", problem));

        var run = cluster.run("workspace", "add", "app", "--git", "https://git.example.org/app");
        assertThat(run.exit()).isEqualTo(8);
        assertThat(run.err()).contains("more than 7 bytes", "git_too_large");
        assertThat(cluster.run("workspace", "refresh", "app").exit()).isEqualTo(8);
        assertThat(cluster.run("workspace", "add", "app", "--git", "https://git.example.org/app", "--no-wait")
                        .exit())
                .isZero();
        assertThat(cluster.run("workspace", "add", "app").err()).contains("exactly one of ROOT");
        assertThat(cluster.run("workspace", "add", "app", "/srv/app", "--git", "https://x/y")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void workspaces_are_listed_shown_and_removed_after_asking() {
        knowsOne();
        cluster.on("GET " + PATH + "/app", 200, APP);
        cluster.on("DELETE " + PATH + "/app", 200, "{\"removed\":true}");

        assertThat(cluster.run("workspace", "list").out()).contains("app", "/srv/app", "n");
        assertThat(cluster.run("workspaces", "get", "app", "-o", "json").out()).contains(APP);
        assertThat(cluster.run("workspace", "remove", "app").exit()).isEqualTo(2);
        assertThat(cluster.run("workspace", "remove", "app", "--yes").exit()).isZero();
    }

    @Test
    void a_symbol_is_found_in_the_only_workspace_and_what_is_missing_is_said_aside() {
        knowsOne();
        cluster.on("GET " + PATH + "/app/symbols", 200, FOUND);

        var run = cluster.run("symbol", "find", "HMap", "--kind", "class");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("HashMap", "java.util", "java/util/HashMap.java:139:14");
        assertThat(run.err())
                .contains("1 of 2 shards answered; missing: src/test/java (building)")
                .contains("out of date, as of 2026-01-02T03:04:05Z");
    }

    @Test
    void a_file_may_be_written_as_seen_from_here() {
        var root = Path.of("").toAbsolutePath();
        cluster.on("GET " + PATH + "/here", 200, "{\"name\":\"here\",\"root\":\"" + root + "\"}");
        cluster.on("GET " + PATH + "/here/document-symbols", 200, FOUND);

        for (var file : List.of("bin/../pom.xml", root + "/pom.xml")) {
            assertThat(cluster.run("symbol", "outline", file, "--workspace", "here")
                            .out())
                    .contains("HashMap");
            assertThat(cluster.last("GET " + PATH + "/here/document-symbols").path())
                    .endsWith("path=pom.xml");
        }
    }

    @Test
    void an_outline_and_a_status_are_asked_of_the_workspace_that_is_named() {
        cluster.on("GET " + PATH + "/jdk/document-symbols", 200, FOUND);
        cluster.on("GET " + PATH + "/jdk/status", 200, "{\"shards\":[{\"root\":\"src\",\"files\":7}]," + COVERED);

        assertThat(cluster.run("symbol", "outline", "java/util/HashMap.java", "--workspace", "jdk")
                        .out())
                .contains("HashMap");
        assertThat(cluster.run("workspace", "status", "jdk").out()).contains("src", "7");
    }

    @Test
    void index_waits_until_all_of_it_is_there_and_no_longer_than_it_may() {
        var times = new AtomicInteger();
        cluster.on(
                "GET " + PATH + "/jdk/status",
                asked -> new Answer(
                        200,
                        "{\"shards\":[{\"root\":\"src\",\"files\":7}],\"missing\":[],\"shards_answered\":1,"
                                + "\"shards_total\":1,\"partial\":%s,\"stale\":%s}"
                                        .formatted(times.get() == 0, times.getAndIncrement() < 2)));

        assertThat(cluster.run("workspace", "index", "jdk").out()).contains("src", "7");
        assertThat(times).hasValue(3);

        times.set(0);
        var late = cluster.run("workspace", "index", "jdk", "--deadline", "1ms");
        assertThat(late.exit()).isEqualTo(8);
        assertThat(late.err()).contains("jdk is not indexed within 1ms");
    }

    @Test
    void index_waits_until_all_of_it_was_looked_at_after_it_began() {
        var times = new AtomicInteger();
        cluster.on("GET " + PATH + "/jdk/status", asked -> {
            int second = times.incrementAndGet();
            return new Answer(200, """
                    {"shards":[{"root":"src","as_of":"2026-01-02T03:04:0%1$d.5Z"},\
                    {"root":"gen","as_of":"2026-01-02T03:04:0%2$d.25Z"}],"answered_at":"2026-01-02T03:04:0%2$d.9Z",\
                    "missing":[],"shards_answered":2,"shards_total":2,"partial":false,\
                    "stale":false}""".formatted(second + 1, second));
        });

        assertThat(cluster.run("workspace", "index", "jdk").exit()).isZero();
        assertThat(times).hasValue(2);
    }

    @Test
    void without_a_name_there_must_be_one_workspace() {
        cluster.on("GET " + PATH, 200, "{\"workspaces\":[],\"total\":0,\"pagination\":{}}");

        var run = cluster.run("symbol", "find", "x");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("skein workspace add NAME ROOT");
    }

    @Test
    void places_are_asked_from_zero_and_written_from_one() {
        cluster.on("GET " + PATH + "/app/definition", 200, """
                {"certainty":"resolved","reason":"","name":"fly",\
                "places":[{"path":"a/Goose.java","certainty":"resolved",\
                "at":{"line":9,"column":4},"line":"fly(int) int","qualified_name":"a.Goose.fly"}],"total":1,\
                "truncated":false,""" + COVERED);

        var run = cluster.run("symbol", "def", "a/Pond.java:12:9", "--workspace", "app");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).contains("a/Goose.java:10:5", "resolved", "fly(int) int");
        var asked = cluster.last("GET " + PATH + "/app/definition");
        assertThat(asked.path()).contains("line=11").contains("column=8");
    }

    @Test
    void what_is_unresolved_says_why_and_a_place_that_is_none_is_refused() {
        cluster.on("GET " + PATH + "/app/hover", 200, """
                {"certainty":"unresolved","reason":"outside","name":"List","places":[],"declaration":"",\
                "documentation":"",""" + COVERED);

        var run = cluster.run("symbol", "hover", "a/Pond.java:12:9", "--workspace", "app");

        assertThat(run.err()).contains("List is unresolved (outside)");
        assertThat(cluster.run("symbol", "refs", "a/Pond.java", "--workspace", "app")
                        .exit())
                .isEqualTo(2);
    }
}
