package dev.skein.cli.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.cli.terminal.Failure;
import dev.skein.kernel.Problem;
import dev.skein.review.Severity;
import dev.skein.review.report.Outcome;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What makes the exit code of a review. */
public final class Verdict {
    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description = "exit 1 for findings at least as severe: critical, high (default), medium, low, info")
    @Nullable
    String failOn;

    /** @throws Failure for a word that is none */
    public Severity threshold() {
        try {
            return failOn == null ? Severity.HIGH : Severity.of(failOn);
        } catch (Problem unknown) {
            throw Failure.usage("--fail-on: " + unknown.sentence());
        }
    }

    /** Of a run as the API has it; one that goes on is incomplete. */
    Outcome of(JsonNode run) {
        return Outcome.of(isComplete(run), failing(run));
    }

    private static boolean isComplete(JsonNode run) {
        return run.path("state").asText().equals("done")
                && run.path("reviewed").asLong() >= run.path("lines").asLong()
                && run.path("tasks").path("failed").asInt() == 0;
    }

    private long failing(JsonNode run) {
        var least = threshold();
        return Arrays.stream(Severity.values())
                .filter(severity -> severity.isAtLeast(least))
                .mapToLong(
                        severity -> run.path("findings").path(severity.word()).asLong())
                .sum();
    }

    /** One line that says how it ended. */
    String line(JsonNode run) {
        return line(run, of(run));
    }

    /** The same where a report knows better what came of it. */
    String line(JsonNode run, Outcome outcome) {
        var found = new StringBuilder();
        for (var severity : Severity.values()) {
            found.append(found.length() == 0 ? "" : ", ")
                    .append(run.path("findings").path(severity.word()).asLong())
                    .append(' ')
                    .append(severity.word());
        }
        long lines = run.path("lines").asLong();
        long reviewed = run.path("reviewed").asLong();
        return "review %s: %s; %d of %d lines reviewed; %s"
                .formatted(ReviewApi.id(run), outcome.name().toLowerCase(Locale.ROOT), reviewed, lines, found);
    }
}
