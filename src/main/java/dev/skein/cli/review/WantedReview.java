package dev.skein.cli.review;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.terminal.Failure;
import dev.skein.review.engine.ReviewEnginesConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Flags that say what is reviewed, by what and in which order. */
final class WantedReview {
    private static final int PRIORITY_MAX = 4;

    @Option(names = "--name", paramLabel = "NAME", description = "name of the review (default: of the directory)")
    @Nullable
    String name;

    @Option(names = "--engine", paramLabel = "ENGINE", description = "pmd, ollama or openai (default: as configured)")
    @Nullable
    String engine;

    @Option(names = "--persona", paramLabel = "NAME", description = "whose eyes a model looks with")
    @Nullable
    String persona;

    @Option(names = "--include", paramLabel = "PATTERN", description = "only such files; may be given several times")
    List<String> include = List.of();

    @Option(names = "--exclude", paramLabel = "PATTERN", description = "not such files; may be given several times")
    List<String> exclude = List.of();

    @Option(names = "--max-depth", paramLabel = "N", description = "directories below the root (default 0: all)")
    int maxDepth;

    @Option(
            names = "--priority",
            paramLabel = "PATTERN=N",
            description = "directories that come earlier or later: 0 first, 2 by default, 4 last")
    Map<String, Integer> priorities = Map.of();

    @Option(names = "--label", paramLabel = "LABEL", description = "that a worker must bear")
    List<String> labels = List.of();

    @Option(names = "--since", paramLabel = "RUN", description = "only what has changed since that review")
    @Nullable
    String since;

    @Option(names = "--max-attempts", paramLabel = "N", description = "of one task (default 3)")
    int maxAttempts = 3;

    /** Fails when a flag cannot be meant. */
    void check() {
        if (engine != null && !ReviewEnginesConfig.ENGINES.contains(engine)) {
            throw Failure.usage("there is no engine " + engine)
                    .because("engines are " + String.join(", ", new TreeSet<>(ReviewEnginesConfig.ENGINES)));
        }
        if (maxDepth < 0) {
            throw Failure.usage("--max-depth must be 0 or more, got " + maxDepth);
        }
        priorities.forEach((pattern, priority) -> {
            if (priority < 0 || priority > PRIORITY_MAX) {
                throw Failure.usage("--priority must be from 0 to " + PRIORITY_MAX + ", got " + priority);
            }
        });
    }

    /** What the API takes. */
    ObjectNode body(WantedPlace place, ReviewApi reviews) {
        var body = place.body().put("max_attempts", maxAttempts);
        put(body, "name", name);
        put(body, "engine", engine);
        put(body, "persona", persona);
        put(body, "since", since == null ? null : reviews.idOf(since));
        put(body, "include", include);
        put(body, "exclude", exclude);
        put(body, "labels", labels);
        if (maxDepth > 0) {
            body.put("max_depth", maxDepth);
        }
        if (!priorities.isEmpty()) {
            priorities.forEach(body.putObject("priorities")::put);
        }
        return body;
    }

    private static void put(ObjectNode body, String field, @Nullable String value) {
        if (value != null) {
            body.put(field, value);
        }
    }

    private static void put(ObjectNode body, String field, List<String> values) {
        if (!values.isEmpty()) {
            values.forEach(body.putArray(field)::add);
        }
    }
}
