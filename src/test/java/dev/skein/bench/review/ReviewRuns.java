package dev.skein.bench.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.fault.nodes.Api;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Reviews of directories over HTTP. */
final class ReviewRuns {
    private static final Duration LONGEST = Duration.ofMinutes(4);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Api api;

    ReviewRuns(Api api) {
        this.api = api;
    }

    /** Seconds from the request until the run has ended wholly. */
    double seconds(Path root, String engine) throws IOException {
        long start = System.nanoTime();
        var begun = api.post(
                "/api/v1/reviews",
                JSON.writeValueAsString(Map.of("root", root.toRealPath().toString(), "engine", engine)));
        var id = begun.body().path("run").path("id").asText();
        if (id.isEmpty()) {
            throw new IllegalStateException("not begun: " + begun);
        }
        var ended = api.getUntil(LONGEST, "/api/v1/reviews/" + id, answer -> hasEnded(answer.body()));
        if (!ended.body().path("state").asText().equals("done")) {
            throw new IllegalStateException("not whole: " + ended);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static boolean hasEnded(JsonNode run) {
        return !run.path("state").asText("running").equals("running");
    }
}
