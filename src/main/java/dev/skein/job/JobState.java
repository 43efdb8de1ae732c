package dev.skein.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.skein.kernel.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where a job is in its life. The last four end it; of those only a retry by a person leads out. */
public enum JobState {
    QUEUED,
    RUNNING,
    /** Waits for its next attempt. */
    RETRYING,
    /** Set aside until somebody retries it. */
    PARKED,
    SUCCEEDED,
    /** Ended for a reason that another attempt would not change. */
    FAILED,
    CANCELLED,
    /** All its attempts are used up: the dead-letter queue. */
    DEAD;

    public boolean isTerminal() {
        return ordinal() >= SUCCEEDED.ordinal();
    }

    /** Whether nothing more happens to it unless somebody asks: what waits for its end need not wait on. */
    public boolean isSettled() {
        return isTerminal() || this == PARKED;
    }

    /** As the API writes it. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads a word of the API; {@code completed} and {@code pending} are understood too. */
    @JsonCreator
    public static JobState of(String word) {
        var wanted = word.strip().toLowerCase(Locale.ROOT);
        return switch (wanted) {
            case "completed" -> SUCCEEDED;
            case "pending" -> QUEUED;
            default ->
                Arrays.stream(values())
                        .filter(state -> state.word().equals(wanted))
                        .findFirst()
                        .orElseThrow(() -> Problem.invalid("no state of a job is called " + word + "; there are "
                                + Arrays.stream(values()).map(JobState::word).collect(Collectors.joining(", "))));
        };
    }
}
