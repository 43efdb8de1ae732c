package dev.skein.cli.review;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skein.cli.api.Api;
import dev.skein.cli.noun.Names;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import dev.skein.review.report.Report.Skipped;
import dev.skein.review.report.Report.Skips;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** The part of the API that is about reviews. */
public record ReviewApi(Api api) {
    public static final ObjectMapper JSON = new ObjectMapper();
    static final String PATH = "//api/v1/reviews";
    public static final String IMPORTS = PATH + "/imports";
    private static final int PAGE = 1_000;

    static String path(String run) {
        return PATH + "/" + Api.part(run);
    }

    /** The run that a word means: its id, its name or the beginning of its id; the newest for an empty one. */
    public JsonNode find(String word) {
        if (word.isEmpty()) {
            var newest = api.get(PATH + "?limit=1").path("reviews").path(0);
            if (newest.isMissingNode()) {
                throw Failure.of(ExitCode.NOT_FOUND, "there is no review yet").advise("skein review start .");
            }
            return newest;
        }
        try {
            return get(word);
        } catch (Failure failure) {
            if (failure.exit() != ExitCode.NOT_FOUND) {
                throw failure;
            }
            return new Names("review", newestOfEachName()).find(word);
        }
    }

    /** A name is that of its newest run. */
    private List<JsonNode> newestOfEachName() {
        var all = api.all(PATH, "reviews");
        var kept = new ArrayList<JsonNode>();
        for (var run : all) {
            var name = run.path("name").asText();
            if (kept.stream().noneMatch(one -> one.path("name").asText().equals(name))) {
                kept.add(run);
            } else {
                kept.add(JSON.createObjectNode().put("id", id(run)));
            }
        }
        return kept;
    }

    public static String id(JsonNode run) {
        return run.path("id").asText();
    }

    String idOf(String word) {
        return id(find(word));
    }

    JsonNode get(String run) {
        return api.get(path(run));
    }

    /** How many were begun anew of these tasks; of all that are not done when none is named. */
    int retry(String run, List<String> tasks) {
        var body = JSON.createObjectNode();
        if (!tasks.isEmpty()) {
            tasks.forEach(body.putArray("tasks")::add);
        }
        return api.post(path(run) + "/retry", body).path("tasks").asInt();
    }

    /** Whether a finding was not dismissed before; the beginning of its fingerprint will do. */
    boolean dismiss(String run, String fingerprint, String reason) {
        try {
            return dismissed(run, fingerprint, reason);
        } catch (Failure failure) {
            var answer = failure.answer();
            if (answer == null || !answer.path("code").asText().equals("finding_not_found")) {
                throw failure;
            }
            return dismissed(run, beginningWith(fingerprint, run, failure), reason);
        }
    }

    private boolean dismissed(String run, String fingerprint, String reason) {
        var body = JSON.createObjectNode().put("fingerprint", fingerprint).put("reason", reason);
        return api.post(path(run) + "/dismissals", body).path("dismissed").asBoolean();
    }

    private String beginningWith(String beginning, String run, Failure none) {
        var found = new TreeSet<String>();
        var cursor = "";
        do {
            var page = findings(run, "", cursor);
            page.path("findings")
                    .forEach(each -> found.add(each.path("fingerprint").asText()));
            cursor = page.path("next").asText("");
        } while (!cursor.isEmpty());
        found.removeIf(each -> !each.startsWith(beginning));
        if (found.size() > 1) {
            throw Failure.usage("%s is the beginning of %d fingerprints, %s and %s among them"
                    .formatted(beginning, found.size(), found.first(), found.last()));
        }
        return found.stream().findFirst().orElseThrow(() -> none);
    }

    public List<JsonNode> tasks(String run) {
        return api.all(path(run) + "/tasks", "tasks");
    }

    /** A page of findings; {@code cursor} is empty for the first. */
    public JsonNode findings(String run, String query, String cursor) {
        var after = cursor.isEmpty() ? "" : "&cursor=" + Api.part(cursor);
        return api.get(path(run) + "/findings?limit=" + PAGE + query + after);
    }

    /** A page of what one task found; {@code cursor} is empty for the first. */
    public JsonNode result(String run, String task, String cursor) {
        var after = cursor.isEmpty() ? "" : "?cursor=" + Api.part(cursor);
        return api.get(path(run) + "/tasks/" + Api.part(task) + "/result" + after);
    }

    /** @param counts by reason, for a node that does not tell paths */
    Skips skipped(String run, JsonNode counts) {
        var first = new ArrayList<Skipped>();
        try {
            for (var each : api.get(path(run) + "/skipped").path("skipped")) {
                first.add(new Skipped(
                        each.path("path").asText(), each.path("reason").asText()));
            }
        } catch (Failure failure) {
            if (failure.exit() != ExitCode.NOT_FOUND) {
                throw failure;
            }
        }
        var all = new TreeMap<String, Long>();
        counts.fields()
                .forEachRemaining(each -> all.put(each.getKey(), each.getValue().asLong()));
        return new Skips(all, first);
    }

    public static boolean hasEnded(JsonNode run) {
        return !run.path("state").asText().equals("running");
    }
}
