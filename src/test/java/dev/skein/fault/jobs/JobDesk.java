package dev.skein.fault.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.fault.nodes.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;

/** Asks a cluster for jobs and waits for what becomes of them. */
public final class JobDesk {
    public static final String JOBS = "/api/v1/jobs";
    public static final Duration LONGEST = Duration.ofSeconds(90);
    /** Where the functions of {@link HeavyWork} are. */
    public static final Path CLASSES = Path.of("target/test-classes").toAbsolutePath();

    private static final Set<String> ENDS = Set.of("succeeded", "failed", "cancelled", "dead", "parked");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestCluster cluster;

    public JobDesk(TestCluster cluster) {
        this.cluster = cluster;
    }

    /** Waits until so many nodes do jobs. */
    public JobDesk awaitRunners(int number) {
        cluster.api.getUntil(
                LONGEST,
                JOBS + "/runners",
                answer -> answer.body().path("runners").size() == number);
        return this;
    }

    static String exec(String more, String script) {
        return "{\"type\": \"exec\", %s, \"payload\": {\"shell\": %s}}".formatted(more, quoted(script));
    }

    public static String heavy(String more, String method, String input) {
        return "{\"type\": \"heavy-compute\", %s, \"payload\": {\"class\": \"%s::%s\", \"input\": %s}}"
                .formatted(more, HeavyWork.class.getName(), method, quoted(input));
    }

    static String noop(String more) {
        return "{\"type\": \"noop\", %s, \"payload\": {}}".formatted(more);
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String submit(String job) {
        var answer = cluster.api.post(JOBS, job);
        assertThat(answer.status()).as("%s", answer).isEqualTo(202);
        return answer.body().path("id").asText();
    }

    static boolean hasEnded(JsonNode job) {
        return ENDS.contains(job.path("state").asText());
    }

    public JsonNode ended(String id) {
        return until(id, JobDesk::hasEnded);
    }

    JsonNode until(String id, Predicate<JsonNode> right) {
        return cluster.api
                .getUntil(LONGEST, JOBS + "/" + id, answer -> answer.status() == 200 && right.test(answer.body()))
                .body();
    }
}
