package dev.skein.http.api.reviews;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.http.exchange.Refusal;
import dev.skein.pipeline.Workers.Caller;
import dev.skein.review.run.Reviews.Choice;
import dev.skein.review.run.Reviews.Create;
import dev.skein.review.run.Reviews.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is asked for, as JSON has it; what is left out is decided by the node. */
record NewReview(
        @Nullable String root,
        @Nullable String git,
        @Nullable String ref,
        @Nullable String workspace,
        @Nullable String name,
        @Nullable String engine,
        @Nullable String persona,
        @Nullable List<String> include,
        @Nullable List<String> exclude,
        @Nullable Integer maxDepth,
        @Nullable Map<String, JsonNode> priorities,
        @Nullable List<String> labels,
        @Nullable String since,
        @Nullable Integer maxAttempts) {
    private static final int ATTEMPTS = 3;
    private static final int PRIORITY_MAX = 4;
    private static final int PRIORITIES_MAX = 100;
    private static final int PATTERN_MAX = 1_000;

    Create create(Caller caller) {
        var choice = new Choice(
                or(engine),
                or(include),
                or(exclude),
                maxDepth == null ? 0 : maxDepth,
                checkedPriorities(),
                or(labels),
                maxAttempts == null ? ATTEMPTS : maxAttempts);
        return new Create(place(), or(name), choice, or(persona), since, caller);
    }

    private Place place() {
        var faults = new ArrayList<String>();
        var given = new ArrayList<String>();
        note(given, "root", root);
        note(given, "git", git);
        note(given, "workspace", workspace);
        if (given.size() != 1) {
            faults.add(
                    "give exactly one of root, a directory of this node, git, the URL of a repository, and workspace,"
                            + " a name or an id; got " + (given.isEmpty() ? "none" : String.join(" and ", given)));
        }
        if (ref != null && git == null) {
            faults.add("ref: goes with git");
        }
        if (!faults.isEmpty()) {
            throw Refusal.faulty("invalid_request", faults);
        }
        return new Place(or(root), or(workspace), or(git), or(ref));
    }

    private static void note(List<String> given, String field, @Nullable String value) {
        if (value != null) {
            given.add(field);
        }
    }

    private Map<String, Integer> checkedPriorities() {
        var faults = new ArrayList<String>();
        var checked = new TreeMap<String, Integer>();
        if (priorities != null) {
            priorities.forEach((pattern, priority) -> {
                if (!priority.isInt() || priority.intValue() < 0 || priority.intValue() > PRIORITY_MAX) {
                    faults.add("priorities: each must be a whole number from 0 to " + PRIORITY_MAX);
                } else if (pattern.isBlank() || pattern.length() > PATTERN_MAX) {
                    faults.add("priorities: a pattern must have 1 to " + PATTERN_MAX + " characters");
                } else {
                    checked.put(pattern, priority.intValue());
                }
            });
            if (priorities.size() > PRIORITIES_MAX) {
                faults.add("priorities: at most " + PRIORITIES_MAX);
            }
        }
        if (!faults.isEmpty()) {
            throw Refusal.faulty("invalid_request", faults.stream().distinct().toList());
        }
        return checked;
    }

    private static String or(@Nullable String given) {
        return given == null ? "" : given;
    }

    private static List<String> or(@Nullable List<String> given) {
        return given == null ? List.of() : given;
    }
}
