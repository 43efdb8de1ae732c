package dev.skein.job.mcp.server;

import static dev.skein.job.mcp.peer.Connected.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.fault.nodes.Ports;
import dev.skein.job.Outcome;
import dev.skein.job.mcp.peer.Packages;
import dev.skein.job.run.JobHandler;
import dev.skein.job.run.JobResult;
import dev.skein.job.run.JobSurroundings;
import dev.skein.kernel.SteadyClock;
import dev.skein.process.Processes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The handlers and real servers from the npm registry. */
class RealServersTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private JobHandler handler;

    @TempDir
    Path folder;

    @BeforeAll
    static void install() {
        assumeTrue(Packages.installed(), "node, npm or the registry is missing");
    }

    @AfterEach
    void stop() {
        if (handler != null) {
            handler.close();
        }
        await(vertx.close());
    }

    private void open(String type, Map<String, String> settings) {
        handler = ServiceLoader.load(JobHandler.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.type().equals(type))
                .findFirst()
                .orElseThrow();
        handler.open(new JobSurroundings(vertx, settings, folder, SteadyClock.system(), new Processes()));
    }

    private JobResult run(String payload) {
        return await(handler.run(new FakeCall(payload.replace('\'', '"'))));
    }

    private static String program(String name) {
        return Packages.program(name).toString();
    }

    @Test
    void the_server_of_everything_echoes_adds_and_refuses() {
        open("mcp", Map.of("servers.all.command", program("mcp-server-everything"), "servers.all.args", "stdio"));

        assertThat(run("{'server':'all','tool':'echo','arguments':{'message':'hi'}}")
                        .value())
                .contains("\"text\":\"Echo: hi\"");
        assertThat(run("{'server':'all','tool':'get-sum','arguments':{'a':2,'b':3}}")
                        .value())
                .contains("5");
        assertThat(run("{'server':'all','tool':'get-structured-content','arguments':{'location':'Chicago'}}")
                        .value())
                .contains("\"structured\":{\"temperature\":");
        assertThat(run("{'server':'all','tool':'get-sum','arguments':{'a':'x'}}")
                        .outcome())
                .matches(outcome -> outcome.code().equals("mcp_tool_failed") && !outcome.retryable());
        assertThat(run("{'server':'all','tool':'nonsense'}").outcome().message())
                .startsWith("the server has no tool 'nonsense'; there are ");
        assertThat(run("{'server':'other','tool':'echo'}").outcome().message())
                .isEqualTo("no MCP server is called 'other'; there are all");
    }

    @Test
    void a_long_operation_tells_its_progress_and_can_be_cancelled() {
        open("mcp", Map.of("servers.all.command", program("mcp-server-everything"), "servers.all.args", "stdio"));
        var operation = "{\"server\":\"all\",\"tool\":\"trigger-long-running-operation\",\"arguments\":"
                + "{\"duration\":%s,\"steps\":%s}}";
        var brief = new FakeCall(operation.formatted("0.4", "4"));
        var endless = new FakeCall(operation.formatted("600", "6000"));

        assertThat(await(handler.run(brief)).outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(brief.progress).extracting("fraction").containsExactly(0.25, 0.5, 0.75, 1.0);

        var result = handler.run(endless);
        await(endless.begun.future());
        endless.stop.complete("enough");
        assertThat(await(result).outcome().kind()).isEqualTo(Outcome.Kind.CANCELLED);
    }

    @Test
    void a_server_killed_in_mid_call_fails_the_attempt_at_once_and_the_next_gets_another() {
        open("mcp", Map.of("servers.all.command", program("mcp-server-everything"), "servers.all.args", "stdio"));
        var call = new FakeCall("{\"server\":\"all\",\"tool\":\"trigger-long-running-operation\",\"arguments\":"
                + "{\"duration\":600,\"steps\":6000}}");

        var result = handler.run(call);
        await(call.begun.future());
        ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains("mcp-server-everything"))
                .forEach(ProcessHandle::destroyForcibly);

        assertThat(await(result).outcome())
                .matches(outcome -> outcome.code().equals("mcp_server_gone") && outcome.retryable())
                .extracting(Outcome::message)
                .asString()
                .contains("was ended by signal 9");
        assertThat(run("{'server':'all','tool':'echo','arguments':{'message':'again'}}")
                        .outcome())
                .isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void files_are_read_below_the_root_and_nowhere_else() throws IOException {
        var root = folder.toRealPath();
        Files.writeString(root.resolve("note.txt"), "kept");
        open(
                "mcp",
                Map.of(
                        "servers.files.command",
                        program("mcp-server-filesystem"),
                        "servers.files.args",
                        root.toString()));
        var read = "{'server':'files','tool':'read_text_file','arguments':{'path':'%s'}}";

        assertThat(run(read.formatted(root.resolve("note.txt"))).value()).contains("\"text\":\"kept\"");
        assertThat(run(read.formatted("/etc/hostname"))).satisfies(result -> {
            assertThat(result.outcome().code()).isEqualTo("mcp_tool_failed");
            assertThat(result.value()).contains("Access denied");
        });
    }

    @Test
    void a_memory_stands_in_for_cipher_by_its_table_of_tools() {
        open(
                "cipher",
                Map.of(
                        "command", program("mcp-server-memory"),
                        "env", "MEMORY_FILE_PATH=" + folder.resolve("memory.json"),
                        "tools.store", "create_entities",
                        "tools.search", "search_nodes",
                        "arguments.query", "message|query"));
        var goose = "{'name':'goose','entityType':'bird','observations':['flies in a V']}";

        assertThat(run("{'action':'store','entities':[" + goose + "]}").outcome())
                .isEqualTo(Outcome.SUCCESS);
        assertThat(run("{'action':'search','message':'goose'}").value()).contains("flies in a V");
    }

    @Test
    void context7_resolves_and_reads_from_its_stub_and_its_texts_of_failure_are_understood() throws IOException {
        var stub = await(vertx.createHttpServer().requestHandler(this::stub).listen(0, "127.0.0.1"));
        Files.writeString(folder.resolve("key"), "ctx7sk-test\n");
        open(
                "context7",
                Map.of(
                        "command", program("context7-mcp"),
                        "env", "CONTEXT7_API_URL=http://127.0.0.1:" + stub.actualPort(),
                        "api-key-file", folder.resolve("key").toString()));

        assertThat(run("{'action':'resolve-library','query':'react'}").value())
                .contains("\"class\":\"ok\"", "Available Libraries:", "/facebook/react");
        assertThat(run("{'action':'docs','id':'/facebook/react','query':'hooks'}")
                        .value())
                .contains("use hooks");
        assertThat(run("{'action':'docs','id':'/busy/library','query':'x'}").outcome())
                .matches(outcome -> outcome.code().equals("mcp_rate_limited") && outcome.retryable());
        assertThat(run("{'action':'docs','id':'/no/library','query':'x'}").outcome())
                .matches(outcome -> outcome.code().equals("mcp_not_found") && !outcome.retryable());
        assertThat(asked).contains("/v2/libs/search Bearer ctx7sk-test", "/v2/context Bearer ctx7sk-test");
        int before = asked.size();
        run("{'query':'hooks','id':'/facebook/react','action':'docs'}");
        assertThat(asked).as("the same question again").hasSize(before);
    }

    private void stub(HttpServerRequest request) {
        asked.add(request.path() + " " + request.getHeader("Authorization"));
        var library = request.getParam("libraryId");
        if (request.path().endsWith("/libs/search")) {
            request.response().putHeader("Content-Type", "application/json").end("""
                    {"results": [{"id": "/facebook/react", "title": "React", "description": "A library",
                      "branch": "main", "lastUpdateDate": "2026-01-01", "state": "finalized",
                      "totalTokens": 1, "totalSnippets": 1,
                      "stars": 1, "trustScore": 9, "benchmarkScore": 9, "versions": []}]}""");
        } else if (library.startsWith("/busy")) {
            request.response().setStatusCode(429).end();
        } else if (library.startsWith("/no")) {
            request.response().setStatusCode(404).end();
        } else {
            request.response().putHeader("Content-Type", "text/plain").end("use hooks");
        }
    }

    @Test
    void a_server_behind_an_address_does_the_same() throws Exception {
        int port = Ports.free();
        var builder = new ProcessBuilder(program("mcp-server-everything"), "streamableHttp").redirectErrorStream(true);
        builder.environment().put("PORT", Integer.toString(port));
        var server = builder.start();
        try {
            awaitListening(server);
            open("mcp", Map.of("servers.far.url", "http://127.0.0.1:" + port + "/mcp"));

            assertThat(run("{'server':'far','tool':'echo','arguments':{'message':'hi'}}")
                            .value())
                    .contains("Echo: hi");
            var call = new FakeCall("{\"server\":\"far\",\"tool\":\"trigger-long-running-operation\",\"arguments\":"
                    + "{\"duration\":0.2,\"steps\":2}}");
            assertThat(await(handler.run(call)).outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(call.progress).extracting("fraction").containsExactly(0.5, 1.0);
        } finally {
            server.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        }
    }

    private static void awaitListening(Process server) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(server.getInputStream()));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.contains("listening")) {
                return;
            }
        }
        throw new AssertionError("the server ended before it listened");
    }
}
