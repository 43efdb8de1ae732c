package dev.skein.cli.moving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.api.Api;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.cli.terminal.Pause;
import dev.skein.cli.terminal.Terminal;
import dev.skein.kernel.SteadyClock;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Workers being emptied. A drain may last for an hour, no connection does: what is not answered soon is looked at again
 * and again, which also outlives a change of leader.
 */
final class Drainage {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration MARGIN = Duration.ofSeconds(15);
    private static final int LOOKS_PER_LINE = 10;

    private final Api api;
    private final Terminal terminal;
    private final InstantSource clock = SteadyClock.system();

    Drainage(Api api, Terminal terminal) {
        this.api = api;
        this.terminal = terminal;
    }

    /**
     * Begins, and follows it to its end.
     *
     * @param longest zero for not following it
     */
    JsonNode drain(JsonNode worker, ObjectNode order, Duration longest) {
        var id = worker.path("id").asText();
        try {
            return api.within(SOON).post(path(id) + "/drain", order);
        } catch (Failure slow) {
            if (slow.exit() != ExitCode.TIMED_OUT) {
                throw slow;
            }
            return longest.isZero() ? result(worker, worker, "draining") : follow(worker, longest);
        }
    }

    private JsonNode follow(JsonNode worker, Duration longest) {
        var end = clock.instant().plus(longest).plus(MARGIN);
        var now = worker;
        for (int look = 0; clock.instant().isBefore(end); look++) {
            now = look(worker, now);
            if (now.path("assigned_pipelines").isEmpty()) {
                return result(worker, now, "drained");
            }
            if (look % LOOKS_PER_LINE == 0) {
                terminal.say("%s: %d pipelines left, %d s at most"
                        .formatted(
                                worker.path("id").asText(),
                                now.path("assigned_pipelines").size(),
                                Duration.between(clock.instant(), end).toSeconds()));
            }
            Pause.of(LOOK);
        }
        return result(worker, now, "draining");
    }

    /** The worker now; as it was last seen while nobody answers, and empty when it has gone. */
    private JsonNode look(JsonNode worker, JsonNode last) {
        try {
            return api.get(path(worker.path("id").asText()));
        } catch (Failure failure) {
            if (failure.exit() == ExitCode.NOT_FOUND) {
                return new ObjectMapper().createObjectNode();
            }
            if (failure.exit() != ExitCode.UNAVAILABLE && failure.exit() != ExitCode.TIMED_OUT) {
                throw failure;
            }
            return last;
        }
    }

    private static JsonNode result(JsonNode before, JsonNode now, String status) {
        int left = now.path("assigned_pipelines").size();
        var result = new ObjectMapper()
                .createObjectNode()
                .put("worker_id", before.path("id").asText())
                .put("pipelines_migrated", before.path("assigned_pipelines").size() - left)
                .put("status", status);
        if (left > 0) {
            result.set("remaining", now.path("assigned_pipelines"));
        }
        return result;
    }

    private static String path(String id) {
        return "/workers/" + Api.part(id);
    }
}
