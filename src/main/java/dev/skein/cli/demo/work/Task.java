package dev.skein.cli.demo.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A job of the demo and what must become of it. */
enum Task {
    /** Counts primes in a Java machine of its own. */
    HEAVY("heavy-compute", "succeeded", "SUCCEEDED") {
        @Override
        void fill(ObjectNode job) {
            job.put("memory_bytes", HEAVY_BYTES);
            job.putObject("payload").put("class", Primes.class.getName()).put("input", Integer.toString(BELOW));
        }

        @Override
        boolean isRight(JsonNode job) {
            return job.path("result").asLong() == PRIMES && isMeasured(job);
        }

        @Override
        String says(JsonNode job) {
            return "%s primes below %d; peak %s of %s".formatted(job.path("result"), BELOW, peak(job), cap(job));
        }
    },
    /** Allocates until it is stopped, twice: running out of memory for the first time is retried with more. */
    GREEDY("exec", "parked", "OOM_KILLED") {
        @Override
        void fill(ObjectNode job) {
            job.put("memory_bytes", GREEDY_BYTES);
            var argv = job.putObject("payload").putArray("argv");
            List.of("sh", "-c", "while head -c 16777216 /dev/zero; do sleep 0.1; done | tail")
                    .forEach(argv::add); // slowly enough that its peak is seen
        }

        @Override
        boolean isRight(JsonNode job) {
            return isMeasured(job);
        }

        @Override
        String says(JsonNode job) {
            return "allocates without bound; peak %s of %s, then %s"
                    .formatted(peak(job), cap(job), job.path("state").asText());
        }
    },
    /** Asks the server of points in this jar. */
    TOOL("mcp", "succeeded", "SUCCEEDED") {
        @Override
        void fill(ObjectNode job) {
            var payload = job.putObject("payload").put("server", SERVER).put("tool", "iterations");
            payload.putObject("arguments").put("x", X).put("y", Y);
        }

        @Override
        boolean isRight(JsonNode job) {
            return job.path("result").path("structured").path("iterations").asInt() == ITERATIONS;
        }

        @Override
        String says(JsonNode job) {
            return "%s iterations at (%d, %d), says the tool of the server %s"
                    .formatted(job.path("result").path("text").asText(), X, Y, SERVER);
        }
    };

    /** Name of the server that the workers of the demo are configured with. */
    static final String SERVER = "points";

    private static final long MEBI = 1L << 20;
    private static final long HEAVY_BYTES = 640 * MEBI;
    private static final long GREEDY_BYTES = 96 * MEBI;
    private static final int BELOW = 50_000_000;
    private static final long PRIMES = 3_001_134;
    private static final int X = 750;
    private static final int Y = 250;
    private static final int ITERATIONS = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    final String type;
    private final String state;
    private final String outcome;

    Task(String type, String state, String outcome) {
        this.type = type;
        this.state = state;
        this.outcome = outcome;
    }

    abstract void fill(ObjectNode job);

    abstract boolean isRight(JsonNode job);

    /** What became of it, for people. */
    abstract String says(JsonNode job);

    ObjectNode job() {
        var job = JSON.createObjectNode().put("type", type);
        job.putArray("labels").add("demo");
        fill(job);
        return job;
    }

    /** Whether the job ended as it must, with the figures that are known. */
    boolean isExpected(JsonNode job) {
        return job.path("state").asText().equals(state)
                && job.path("outcome").path("kind").asText().equalsIgnoreCase(outcome)
                && isRight(job);
    }

    /** What was expected, for the message of a failure. */
    String expectation() {
        return "%s with the outcome %s".formatted(state, outcome);
    }

    private static boolean isMeasured(JsonNode job) {
        var details = job.path("outcome").path("details");
        return details.path("peak_rss_bytes").asLong() > 0
                && details.path("cap_bytes").asLong() > 0;
    }

    private static String peak(JsonNode job) {
        return mebibytes(job, "peak_rss_bytes");
    }

    private static String cap(JsonNode job) {
        return mebibytes(job, "cap_bytes");
    }

    private static String mebibytes(JsonNode job, String detail) {
        long bytes = job.path("outcome").path("details").path(detail).asLong();
        return (bytes + MEBI / 2) / MEBI + " MiB";
    }
}
