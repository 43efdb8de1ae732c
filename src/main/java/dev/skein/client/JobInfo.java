package dev.skein.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a job is.
 *
 * @param state {@code queued}, {@code running}, {@code retrying}, {@code parked}, {@code succeeded}, {@code failed},
 *     {@code cancelled} or {@code dead}
 * @param attempt number of the latest, 0 before the first
 * @param worker that has it or had it last; null before the first attempt
 * @param fraction how far it is, 0 to 1; negative when not known
 * @param note its last line for people
 * @param result JSON text; null unless it succeeded
 * @param errorCode of the latest attempt that failed; empty when none did
 */
public record JobInfo(
        String id,
        String type,
        String state,
        int attempt,
        @Nullable String worker,
        double fraction,
        String note,
        @Nullable String result,
        String errorCode,
        String errorMessage) {
    private static final Set<String> ENDS = Set.of("succeeded", "failed", "cancelled", "dead", "parked");

    /** Also when it is parked: nothing more happens unless somebody retries it. */
    public boolean hasEnded() {
        return ENDS.contains(state);
    }

    public boolean hasSucceeded() {
        return state.equals("succeeded");
    }

    static JobInfo of(JsonNode job) {
        var worker = job.path("worker");
        var progress = job.path("progress");
        var result = job.path("result");
        var outcome = job.path("outcome");
        return new JobInfo(
                job.path("id").asText(),
                job.path("type").asText(),
                job.path("state").asText(),
                job.path("attempt").asInt(),
                worker.isTextual() ? worker.asText() : null,
                progress.path("fraction").asDouble(-1),
                progress.path("note").asText(""),
                result.isMissingNode() || result.isNull() ? null : result.toString(),
                outcome.path("code").asText(""),
                outcome.path("message").asText(""));
    }
}
