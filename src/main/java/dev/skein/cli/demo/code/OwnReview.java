package dev.skein.cli.demo.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Has a part of the project's own sources reviewed with PMD, and wants every line of it reviewed. */
public final class OwnReview {
    private static final String PART = "src/main/java/dev/skein/store";
    private static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low", "info");
    private static final Duration LONGEST = Duration.ofSeconds(120);
    private static final double MILLIS = 1_000;

    private final Api api;
    private final Shell shell;
    private final InstantSource clock;

    public OwnReview(Api api, Shell shell, InstantSource clock) {
        this.api = api;
        this.shell = shell;
        this.clock = clock;
    }

    /**
     * Prints what was reviewed and found; says so and does nothing when the sources are not there.
     *
     * @param root of a clone, perhaps
     * @throws Failure when the review has not ended in time, or lines were not reviewed
     */
    public void run(Path root) {
        var part = root.resolve(PART);
        if (!Files.isDirectory(part)) {
            shell.terminal().say("review      no sources beside the jar, so nothing is reviewed");
            return;
        }
        var began = clock.instant();
        var body = new ObjectMapper()
                .createObjectNode()
                .put("root", part.toString())
                .put("name", "skein")
                .put("engine", "pmd");
        var run = api.post("//api/v1/reviews", body).path("run").path("id").asText();
        var ended = ended(run);
        shell.terminal().printLine(text(ended, Duration.between(began, clock.instant())));
    }

    private JsonNode ended(String run) {
        var ended = new Patience(clock, LONGEST)
                .until(
                        () -> api.get("//api/v1/reviews/" + Api.part(run)),
                        view -> !view.path("state").asText().equals("running"),
                        "the review of " + PART + " had not ended");
        if (!ended.path("state").asText().equals("done")) {
            throw Failure.of(ExitCode.UNSUCCESSFUL, "lines of " + PART + " were not reviewed")
                    .because(ended.toString());
        }
        return ended;
    }

    private static String text(JsonNode view, Duration time) {
        var found = new ArrayList<String>();
        for (var severity : SEVERITIES) {
            long count = view.path("findings").path(severity).asLong();
            if (count > 0) {
                found.add(count + " " + severity);
            }
        }
        return String.format(
                Locale.ROOT,
                "review      %d of %d lines in %d tasks by PMD after %.1f s: %s",
                view.path("reviewed").asLong(),
                view.path("lines").asLong(),
                view.path("tasks").path("done").asInt(),
                time.toMillis() / MILLIS,
                found.isEmpty() ? "nothing found" : String.join(", ", found));
    }
}
