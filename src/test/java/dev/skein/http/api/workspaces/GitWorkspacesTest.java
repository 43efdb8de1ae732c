package dev.skein.http.api.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.http.EdgeServer;
import dev.skein.index.workspace.Repositories;
import dev.skein.kernel.Problem;
import dev.skein.kernel.Problem.Kind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Workspaces that are copies of repositories, over HTTP. */
class GitWorkspacesTest {
    private static final String PATH = "/api/v1/workspaces";
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
        server.neighbours.asked.clear();
    }

    private static EdgeServer.Reply post(String body) {
        return server.ask("POST", PATH).key(EdgeServer.ADMIN).body(body).send();
    }

    private static EdgeServer.Reply get(String path) {
        return server.ask("GET", PATH + path).key(EdgeServer.VIEWER).send();
    }

    @Test
    void one_that_is_copied_soon_is_there_and_one_that_takes_a_while_is_accepted() {
        var soon = post("{\"name\":\"c\",\"git\":\"https://git.example.org/c\",\"branch\":\"main\"}");
        var later = post("{\"name\":\"new\",\"git\":\"https://git.example.org/new\",\"source_roots\":[\"src\"]}");

        assertThat(soon.status()).as(soon.text()).isEqualTo(201);
        assertThat(soon.json().getString("state")).isEqualTo("ready");
        assertThat(soon.json().getJsonArray("shards")).hasSize(2);
        assertThat(later.status()).as(later.text()).isEqualTo(202);
        assertThat(later.json()).isEqualTo(new JsonObject("""
                {"name":"new","root":"/srv/new","router":"node","source_roots":[],"shards":[],"state":"cloning",
                 "repository":{"url":"https://git.example.org/new","ref":"main",
                 "progress":{"task":"Receiving objects","done":3,"total":10,"bytes":4096}}}"""));
        var asked = server.neighbours.last(Repositories.Add.class);
        assertThat(asked.url()).isEqualTo("https://git.example.org/new");
        assertThat(asked.ref()).isEmpty();
        assertThat(asked.sourceRoots()).containsExactly("src");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ref | ref is unknown",
                "brnch | brnch is unknown; did you mean branch?",
                "sourceRoots | sourceRoots is unknown; did you mean source_roots?"
            })
    void a_field_that_nobody_knows_is_refused_rather_than_left_out(String field, String words) {
        var reply = post("{\"name\":\"c\",\"git\":\"https://git.example.org/c\",\"%s\":\"v1\"}".formatted(field));

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().getJsonArray("details")).containsExactly(words);
        assertThat(server.neighbours.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name':'a'} | give exactly one of root",
                "{'name':'a','root':'/srv/a','git':'https://x/a'} | give exactly one of root",
                "{'name':'a','root':'/srv/a','branch':'b'} | branch and commit go with git",
                "{'name':'a','git':'https://x/a','commit':'abc'} | commit must be the 40",
                "{'name':'a','git':'https://x/a','branch':'b','commit':'0123456789012345678901234567890123456789'}"
                        + " | at most one of branch and commit"
            })
    void what_does_not_fit_together_is_refused_by_its_field(String body, String words) {
        var reply = post(body.replace('\'', '"'));

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().getString("code")).isEqualTo("invalid_workspace");
        assertThat(reply.text()).contains(words);
    }

    @Test
    void what_is_being_copied_is_listed_after_what_there_is_page_by_page() {
        var both = get("").json();
        assertThat(both.getInteger("total")).isEqualTo(2);
        assertThat(states(both.getJsonArray("workspaces"))).containsExactly("c ready", "new cloning");

        var first = get("?limit=1").json();
        assertThat(states(first.getJsonArray("workspaces"))).containsExactly("c ready");
        assertThat(first.getJsonObject("pagination").getBoolean("has_more")).isTrue();
        assertThat(get("/c").json().getJsonObject("repository").getString("commit"))
                .startsWith("0123");
    }

    private static List<String> states(JsonArray workspaces) {
        return workspaces.stream()
                .map(JsonObject.class::cast)
                .map(each -> each.getString("name") + " " + each.getString("state"))
                .toList();
    }

    @Test
    void a_refresh_is_for_operators_and_says_what_there_is_now() {
        assertThat(server.ask("POST", PATH + "/c/refresh")
                        .key(EdgeServer.VIEWER)
                        .send()
                        .status())
                .isEqualTo(403);
        var done = server.ask("POST", PATH + "/c/refresh").key(EdgeServer.ADMIN).send();

        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(server.neighbours.last(Repositories.Refresh.class).name()).isEqualTo("c");
        server.neighbours.failure = new Problem(Kind.CONFLICT, "workspace_not_git", "c is a directory", List.of());
        assertThat(server.ask("POST", PATH + "/c/refresh")
                        .key(EdgeServer.ADMIN)
                        .send()
                        .status())
                .isEqualTo(409);
    }
}
