package dev.skein.http.api.workspaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.http.EdgeServer;
import dev.skein.index.query.Code;
import dev.skein.index.query.Queries;
import dev.skein.index.query.Queries.Wanted;
import dev.skein.index.search.SymbolQuery.Order;
import dev.skein.index.symbol.SymbolKind;
import dev.skein.index.workspace.Workspaces;
import dev.skein.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workspaces and symbols over HTTP. */
class WorkspacesTest {
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
        server.neighbours.pause = Future.succeededFuture();
        server.neighbours.forget();
    }

    private static EdgeServer.Reply get(String path) {
        return server.ask("GET", PATH + path).key(EdgeServer.VIEWER).send();
    }

    @Test
    void a_workspace_is_added_as_it_was_asked_for() {
        var reply = server.ask("POST", PATH)
                .key(EdgeServer.ADMIN)
                .body("{\"name\":\"app\",\"root\":\"/srv/app\",\"source_roots\":[\"src\"]}")
                .send();

        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        var asked = server.neighbours.last(Workspaces.Create.class);
        assertThat(asked.name()).isEqualTo("app");
        assertThat(asked.root()).isEqualTo("/srv/app");
        assertThat(asked.sourceRoots()).containsExactly("src");
        assertThat(asked.caller().role()).isEqualTo("admin");
        assertThat(reply.json().getJsonArray("shards"))
                .containsExactly(
                        new JsonObject("""
                                {"root":"src/main/java","files":2,"bytes":100,"worker":"worker-0","epoch":3}"""),
                        new JsonObject("{\"root\":\"src/test/java\",\"files\":1,\"bytes\":50,\"epoch\":0}"));
    }

    @Test
    @Timeout(60)
    void a_question_about_code_is_called_off_when_its_asker_hangs_up() throws Exception {
        var answered = Promise.<Void>promise();
        server.neighbours.pause = answered.future();
        Code.Question asked;
        try (var socket = server.connect()) {
            var head = "GET %s/c/references?path=a/B.java&line=1&column=2 HTTP/1.1\r\n"
                    + "host: localhost\r\nx-api-key: %s\r\n\r\n";
            socket.getOutputStream()
                    .write(head.formatted(PATH, EdgeServer.VIEWER).getBytes(StandardCharsets.US_ASCII));
            asked = server.neighbours.await(Code.Question.class);
        }

        var calledOff = server.neighbours.await(Code.CalledOff.class);

        answered.complete();
        assertThat(asked.id()).isNotEmpty();
        assertThat(calledOff.id()).isEqualTo(asked.id());
    }

    @Test
    void a_search_passes_on_what_is_wanted_and_says_what_it_is_made_of() {
        var found = get("/c/symbols?q=foo%20bar&kind=method,enum_constant&limit=7&order=nova")
                .json();

        assertThat(server.neighbours.last(Queries.Symbols.class))
                .isEqualTo(new Queries.Symbols(
                        "c",
                        new Wanted("foo bar", Set.of(SymbolKind.METHOD, SymbolKind.ENUM_CONSTANT), 7, Order.NOVA)));
        assertThat(found.getJsonArray("symbols")).containsExactly(new JsonObject("""
                {"name":"fooBar","kind":"method","container":"a.B","qualified_name":"a.B.fooBar","key":"a.B#fooBar/2",
                 "type":"int","parameters":"(int, String)","modifiers":["public","static"],"deprecated":true,
                 "summary":"Does it.","path":"src/main/java/a/B.java",
                 "name_at":{"line":1,"column":2,"end_line":1,"end_column":8},
                 "range":{"line":1,"column":0,"end_line":3,"end_column":1},
                 "content":"00000000000000010000000000000002"}"""));
        found.remove("symbols");
        assertThat(found).isEqualTo(new JsonObject("""
                {"total":7,"truncated":true,"shards_answered":1,"shards_total":2,"partial":true,"stale":true,
                 "overlay_version":9,"as_of":"1970-01-01T00:00:01.000Z",
                 "missing":[{"shard":"src/test/java","code":"no_worker"}]}"""));
    }

    @Test
    void without_parameters_everything_is_wanted_up_to_a_limit() {
        get("/c/symbols");

        assertThat(server.neighbours.last(Queries.Symbols.class).wanted())
                .isEqualTo(new Wanted("", Set.of(), 200, Order.SKEIN));
    }

    @Test
    void a_kind_that_is_none_and_a_file_without_a_path_are_refused() {
        var refused = get("/c/symbols?kind=method,goose");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().getString("error")).contains("got goose").contains("annotation_element");
        assertThat(get("/c/document-symbols").status()).isEqualTo(400);
    }

    @Test
    void a_question_about_a_place_passes_it_on_and_says_how_sure_the_answer_is() {
        var found = get("/c/references?path=a/B.java&line=3&column=7&limit=2").json();

        var asked = server.neighbours.last(Code.Question.class);
        assertThat(asked).isEqualTo(new Code.Question(asked.id(), "c", "a/B.java", 3, 7, 2));
        assertThat(found.getString("certainty")).isEqualTo("resolved");
        assertThat(found.getBoolean("truncated")).isTrue();
        assertThat(found.getBoolean("partial")).isTrue();
        assertThat(found.getJsonArray("places")).containsExactly(new JsonObject("""
                {"certainty":"resolved","path":"src/main/java/a/B.java","line":"fooBar",
                 "at":{"line":1,"column":2,"end_line":1,"end_column":8},"kind":"method","qualified_name":"a.B.fooBar",
                 "key":"a.B#fooBar/2","type":"int","parameters":"(int, String)","modifiers":["public","static"],
                 "range":{"line":1,"column":0,"end_line":3,"end_column":1}}"""));
        assertThat(get("/c/hover?path=a/B.java&line=3&column=7").json().getString("documentation"))
                .isEqualTo("Does it.");
        assertThat(get("/c/type-hierarchy?path=a/B.java&line=3&column=7").json().getJsonArray("supertypes"))
                .hasSize(1);
        assertThat(get("/c/definition?path=a/B.java&line=3").status()).isEqualTo(400);
    }

    @Test
    void syntax_errors_have_a_place_and_a_message() {
        assertThat(get("/c/diagnostics?path=a/B.java").json().getJsonArray("diagnostics"))
                .containsExactly(new JsonObject("""
                        {"severity":"error","message":"that is no Java",
                         "at":{"line":1,"column":2,"end_line":1,"end_column":8}}"""));
    }

    @Test
    void a_status_names_files_that_could_not_be_read() {
        assertThat(get("/c/status").json().getJsonArray("shards")).containsExactly(new JsonObject("""
                {"root":"src/main/java","worker":"worker-0","epoch":3,"complete":true,"stale":true,
                 "as_of":"1970-01-01T00:00:01.000Z","files":2,"symbols":9,"symbol_bytes":400,
                 "faults":[{"path":"a/X.java","code":"binary"}],"received":3,"spare":"worker-1"}"""));
    }

    @Test
    void a_refusal_keeps_its_reasons() {
        server.neighbours.failure = new Problem(
                Problem.Kind.INVALID, "invalid_workspace", "root must be absolute", List.of("root must be absolute"));

        var refused = server.ask("POST", PATH)
                .key(EdgeServer.ADMIN)
                .body("{\"name\":\"app\",\"root\":\"app\"}")
                .send();

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().getString("code")).isEqualTo("invalid_workspace");
        assertThat(refused.json().getJsonArray("details")).containsExactly("root must be absolute");
    }
}
