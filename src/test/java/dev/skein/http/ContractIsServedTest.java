package dev.skein.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.skein.auth.Role;
import dev.skein.http.EdgeServer.Reply;
import dev.skein.http.contract.Access;
import dev.skein.http.contract.Contract;
import dev.skein.http.contract.Family;
import dev.skein.http.contract.Operation;
import dev.skein.http.guard.Limits;
import dev.skein.kernel.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks the contract: it is valid, every operation is served, and each role is let in exactly where it says. */
class ContractIsServedTest {
    private static final String GROUP = "{\"name\":\"g\",\"pipelines\":[{\"name\":\"p\",\"source\":\"s\"}]}";
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("registerWorker", "{\"worker_id\":\"w\",\"address\":\"http://localhost:9000\"}"),
            Map.entry("heartbeat", "{\"events_processed\":1,\"pipelines_running\":0}"),
            Map.entry("deployGroup", GROUP),
            Map.entry("updateGroup", GROUP),
            Map.entry("planGroup", GROUP),
            Map.entry("planUpdate", GROUP),
            Map.entry("inject", "{\"event_type\":\"A\"}"),
            Map.entry("injectBatch", "{\"events\":[]}"),
            Map.entry("validate", "{\"source\":\"\"}"),
            Map.entry("hostPipeline", "{\"name\":\"p\",\"source\":\"s\"}"),
            Map.entry("hostedEvent", "{\"event_type\":\"A\"}"),
            Map.entry("hostedEvents", "{\"events\":[{\"event_type\":\"A\"}]}"),
            Map.entry("createConnector", "{\"name\":\"c\",\"connector_type\":\"console\"}"),
            Map.entry("updateConnector", "{\"connector_type\":\"console\"}"),
            Map.entry("acknowledgeAlert", "{}"),
            Map.entry("migratePipeline", "{\"target_worker_id\":\"worker-1\"}"),
            Map.entry("checkpointHosted", "{\"epoch\":7,\"held_for\":8}"),
            Map.entry("restoreHosted", "{\"checkpoint\":{\"events_in\":1}}"),
            Map.entry("releaseHosted", "{\"held_for\":8}"),
            Map.entry("submitJob", "{\"type\":\"exec\"}"),
            Map.entry("endAttempt", "{\"attempt\":1,\"worker\":\"w\",\"succeeded\":true}"),
            Map.entry("submitJobs", "{\"jobs\":[{\"type\":\"exec\"},{\"type\":\"x\"}]}"),
            Map.entry("createSchedule", "{\"id\":\"s\",\"cron\":\"@daily\",\"job\":{\"type\":\"exec\"}}"),
            Map.entry("putSchedule", "{\"cron\":\"@daily\",\"job\":{\"type\":\"exec\"}}"),
            Map.entry("aliasContext7Resolve", "{\"query\":\"react\"}"),
            Map.entry("aliasWorkersAdd", "{\"host\":\"w3.local\",\"port\":3003}"),
            Map.entry("doJob", "{\"id\":\"j\",\"type\":\"exec\"}"),
            Map.entry("putDocument", "{\"session\":\"s\",\"version\":1,\"text\":\"class A {}\"}"),
            Map.entry("moveDocument", "{\"session\":\"s\",\"from\":\"A.java\",\"to\":\"B.java\"}"),
            Map.entry("lookAtFiles", "{\"paths\":[\"A.java\"]}"),
            Map.entry("createReview", "{\"root\":\"/srv/c\"}"),
            Map.entry("importReview", "{\"root\":\"/srv/c\"}"),
            Map.entry("prioritizeReviewTask", "{\"priority\":0}"),
            Map.entry("dismissFinding", "{\"fingerprint\":\"f\",\"reason\":\"known\"}"),
            Map.entry("createWorkspace", "{\"name\":\"c\",\"root\":\"/srv/c\"}"),
            Map.entry("issueTicket", "{\"for\":\"live\"}"));

    private static final Map<String, String> NEEDED = Map.ofEntries(
            Map.entry("clearJobs", "?state=queued"),
            Map.entry("documentSymbols", "?path=A.java"),
            Map.entry("putDocument", "?path=A.java"),
            Map.entry("closeDocument", "?path=A.java&session=s"),
            Map.entry("aliasContext7Search", "?query=x"),
            Map.entry("aliasContext7Docs", "?query=x"),
            Map.entry("aliasContext7DocsOf", "?query=x"),
            Map.entry("aliasContext7DocsAt", "?query=x"),
            Map.entry("definition", "?path=A.java&line=0&column=0"),
            Map.entry("hover", "?path=A.java&line=0&column=0"),
            Map.entry("references", "?path=A.java&line=0&column=0"),
            Map.entry("implementations", "?path=A.java&line=0&column=0"),
            Map.entry("typeHierarchy", "?path=A.java&line=0&column=0"),
            Map.entry("reviewExcerpt", "?path=A.java"),
            Map.entry("diagnostics", "?path=A.java"));

    private static final Contract CONTRACT = Contract.load();
    private static EdgeServer server;

    @BeforeAll
    static void open() {
        var feed = new Mounts(options -> options, List.of(router -> {
            router.route("/api/v1/tickets")
                    .handler(call -> call.response().end("\"" + call.body().length() + "\""));
            router.route("/api/v1/snapshot").handler(call -> call.response().end("{}"));
            router.route("/api/v1/live").handler(call -> call.response().end("{}"));
        }));
        var any = new Limits.Rates(0, 0, 0, 0, 0); // every operation is called without a key too
        server = new EdgeServer().mounts(feed).rates(any).open();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void the_contract_is_valid_openapi() throws IOException {
        var vertx = Vertx.vertx();
        var known = CONTRACT.text().replace("application/yaml", "text/plain"); // the checker knows few media types
        var document = new JsonObject(new ObjectMapper().writeValueAsString(new YAMLMapper().readTree(known)));
        var contract = EdgeServer.await(OpenAPIContract.from(vertx, document));
        EdgeServer.await(vertx.close());

        assertThat(contract.operations()).hasSameSizeAs(CONTRACT.operations());
    }

    @Test
    void the_contract_is_served_as_it_is() {
        assertThat(server.ask("GET", "/openapi.yaml").send().text()).isEqualTo(CONTRACT.text());
    }

    static Stream<Operation> operations() {
        return CONTRACT.operations().stream();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_operation_has_a_handler(Operation operation) {
        var reply = send(operation, EdgeServer.ADMIN);

        assertThat(reply.status()).as(reply.text()).isIn(200, 201, 202);
        assertThat(reply.header("x-request-id")).isNotEmpty();
        assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
    }

    static Stream<Arguments> cells() {
        return CONTRACT.operations().stream()
                .flatMap(operation ->
                        Stream.of("", "viewer", "operator", "admin").map(role -> Arguments.of(operation, role)));
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("cells")
    void each_role_is_let_in_exactly_where_the_contract_says(Operation operation, String role) {
        var token = role.isEmpty()
                ? null
                : server.tokens
                        .issue("anna", Role.named(role).orElseThrow(), Duration.ofMinutes(5))
                        .token();

        assertThat(send(operation, key(role)).status()).as("key").isEqualTo(expected(operation, role));
        if (token != null) {
            assertThat(request(operation).token(token).send().status())
                    .as("token")
                    .isEqualTo(expected(operation, role));
        }
    }

    private static String key(String role) {
        return role.isEmpty() ? null : role + "-key";
    }

    private static int expected(Operation operation, String role) {
        int done = done(operation);
        var needed = operation.access().role();
        if (needed == null) {
            boolean isOperator = role.equals("operator") || role.equals("admin");
            boolean needsOwnKey = operation.id().equals("leaveWorker") && !isOperator; // on this machine too
            return needsOwnKey ? 401 : done; // open, or a worker on this machine
        }
        if (role.isEmpty()) {
            return 401;
        }
        return Role.named(role).orElseThrow().includes(needed) ? done : 403;
    }

    private static int done(Operation operation) {
        return switch (operation.id()) {
            case "registerWorker", "deployGroup", "hostPipeline" -> 201;
            case "createConnector", "createSchedule", "createWorkspace", "createReview", "aliasWorkersAdd" -> 201;
            case "importReview" -> 201;
            case "migratePipeline", "submitJob", "submitJobs" -> 202;
            default -> 200;
        };
    }

    private static Reply send(Operation operation, String key) {
        return request(operation).key(key).send();
    }

    private static EdgeServer.Ask request(Operation operation) {
        var path = operation
                .path()
                .replace("{worker_id}", "w")
                .replace("{group_id}", "g-1")
                .replace("{pipeline_name}", "ingest")
                .replace("{migration_id}", "m-1")
                .replace("{pipeline_id}", "p-1")
                .replace("{alert_id}", "a-1")
                .replace("{address}", "w3.local:3003")
                .replace("{job_id}", "j-1")
                .replace("{session}", "s-1")
                .replace("{schedule_id}", "nightly")
                .replace("{library_id}", "org")
                .replace("{project}", "project")
                .replace("{version}", "v1")
                .replace("{run}", "r-1")
                .replace("{task}", "t-1")
                .replace("{name}", "c");
        return server.ask(operation.method(), path + NEEDED.getOrDefault(operation.id(), ""))
                .body(BODIES.get(operation.id()));
    }

    @Test
    void only_what_must_be_is_open() {
        assertThat(CONTRACT.operations().stream()
                        .filter(operation -> operation.access() == Access.OPEN)
                        .map(Operation::id))
                .containsExactlyInAnyOrder("clusterPrometheus", "live", "prometheus", "health", "ready", "contract");
    }

    @Test
    void a_mounted_operation_gets_the_body() {
        assertThat(send(
                                CONTRACT.operations().stream()
                                        .filter(operation -> operation.id().equals("issueTicket"))
                                        .findFirst()
                                        .orElseThrow(),
                                EdgeServer.VIEWER)
                        .text())
                .isEqualTo("\"14\"");
    }

    @Test
    void a_node_offers_what_its_roles_can_serve() {
        try (var worker = new EdgeServer().roles("worker", "router", "http").open()) {
            CONTRACT.operations().stream()
                    .filter(operation -> operation.family() == Family.CLUSTER)
                    .forEach(operation -> assertThat(worker.ask(
                                            operation.method(),
                                            operation.path().replace("{", "").replace("}", ""))
                                    .key(EdgeServer.ADMIN)
                                    .send()
                                    .status())
                            .isEqualTo(404));
            assertThat(worker.ask("GET", "/health").send().json().getString("role"))
                    .isEqualTo("worker");
        }
    }

    @Test
    void a_worker_that_does_not_hear_itself_is_unhealthy_with_503() {
        try (var worker = new EdgeServer().roles("worker", "http").open()) {
            assertThat(worker.ask("GET", "/health").send().status()).isEqualTo(200);

            worker.neighbours.failure = Problem.unreachable("nobody");

            var sick = worker.ask("GET", "/health").send();
            assertThat(sick.status()).isEqualTo(503);
            assertThat(sick.json().getString("status")).isEqualTo("unhealthy");
            assertThat(sick.json().getString("instance")).hasSize(16);
        }
    }
}
