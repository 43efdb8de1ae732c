package dev.skein.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.auth.Role;
import dev.skein.auth.Tokens;
import dev.skein.fault.nodes.Api;
import dev.skein.fault.nodes.NodeProcess;
import dev.skein.fault.nodes.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** A node of every role as a process of the built jar, with its page and its jobs. */
final class OneNode implements AutoCloseable {
    private static final String KEY = "test-admin-key";
    private static final String JOBS = "/api/v1/jobs";
    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final Set<String> ENDS = Set.of("succeeded", "failed", "cancelled", "dead", "parked");

    final Api api;
    final Path folder;
    private final NodeProcess process;
    private final int port;

    private OneNode(NodeProcess process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        this.api = new Api(port, KEY);
    }

    static OneNode start(Path folder) throws IOException {
        var ports = Ports.free(2);
        var conf = Files.writeString(folder.resolve("solo.yaml"), """
                node: {id: solo, data-dir: %s}
                verticles: [coordinator, router, worker, heavy-worker, http]
                cluster: {name: page-%d, port: %d, port-count: 1, members: ["127.0.0.1:%d"]}
                http: {port: %d, api-key: %s}
                jobs: {warm: 0}
                """.formatted(
                        data(folder), ports.get(0), ports.get(1), ports.get(1), ports.get(0), KEY));
        var process = NodeProcess.start("solo", folder, "-cluster", "-conf", conf.toString());
        var node = new OneNode(process, folder, ports.get(0));
        try {
            node.api.getUntil(
                    LONGEST,
                    JOBS + "/runners",
                    answer -> answer.body().path("runners").size() == 1);
            return node;
        } catch (AssertionError late) {
            var tail = process.tail();
            node.close();
            throw new AssertionError(late.getMessage() + tail, late);
        }
    }

    private static Path data(Path folder) {
        return folder.resolve("data");
    }

    /** The page's address for somebody who may do everything. */
    String page(String query) {
        return "http://127.0.0.1:%d/%s#token=%s".formatted(port, query, KEY);
    }

    /** The same for somebody who may only look. */
    String pageOfViewer(String query) throws IOException {
        var token = Tokens.issue(data(folder), "anna", Role.VIEWER, Duration.ofMinutes(10));
        return page(query).replace(KEY, token.token());
    }

    String submit(String job) {
        var answer = api.post(JOBS, job);
        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
        return answer.body().path("id").asText();
    }

    /** A script with fields of the job besides, each with a comma at its end. */
    String script(String fields, String text) {
        return submit("{\"type\": \"exec\", %s \"payload\": {\"shell\": \"%s\"}}".formatted(fields, text));
    }

    JsonNode ended(String id) {
        return api.getUntil(
                        LONGEST,
                        JOBS + "/" + id,
                        answer -> ENDS.contains(answer.body().path("state").asText()))
                .body();
    }

    @Override
    public void close() {
        process.close();
    }
}
