package dev.skein.cli.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skein.cli.Shell;
import dev.skein.cli.api.Api;
import dev.skein.cli.api.ConnectOptions;
import dev.skein.cli.noun.Names;
import dev.skein.cli.terminal.ExitCode;
import dev.skein.cli.terminal.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The part of the API that is about jobs. */
public final class JobApi {
    public static final String PATH = "//api/v1/jobs";
    public static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ENDS = Set.of("succeeded", "failed", "cancelled", "dead", "parked");
    private static final int PAGE = 1_000;
    private static final int AGAIN_MAX = 8;
    private static final int PAUSE_MILLIS = 250;
    private static final int PAUSE_MILLIS_MAX = 4_000;

    private final Api api;
    private final Shell shell;

    public JobApi(Api api, Shell shell) {
        this.api = api;
        this.shell = shell;
    }

    public static JobApi of(ConnectOptions connect, Shell shell) {
        return new JobApi(Api.of(connect, shell), shell);
    }

    /** The same for answers that are held back on purpose. */
    public JobApi patient(Duration atLeast) {
        return new JobApi(api.patient(atLeast), shell);
    }

    public Api api() {
        return api;
    }

    public static String path(String id) {
        return PATH + "/" + Api.part(id);
    }

    public static boolean hasEnded(JsonNode job) {
        return ENDS.contains(job.path("state").asText());
    }

    /** Jobs that match, the newest first. */
    public List<JsonNode> all(String query, int limit) {
        var jobs = new ArrayList<JsonNode>();
        String cursor = null;
        do {
            int wanted = limit == 0 ? PAGE : Math.min(PAGE, limit - jobs.size());
            var page =
                    api.get(PATH + "?limit=" + wanted + query + (cursor == null ? "" : "&cursor=" + Api.part(cursor)));
            page.path("jobs").forEach(jobs::add);
            cursor = page.path("next").isTextual() ? page.path("next").asText() : null;
        } while (cursor != null && (limit == 0 || jobs.size() < limit));
        return jobs;
    }

    /** The id of the job that a word means: an id, or the beginning of one of the newest. */
    String id(String word) {
        try {
            return api.get(path(word) + "?payload=false").path("id").asText();
        } catch (Failure failure) {
            if (failure.exit() != ExitCode.NOT_FOUND) {
                throw failure;
            }
            return new Names("job", all("", PAGE)).find(word).path("id").asText();
        }
    }

    public JsonNode get(String id) {
        return api.get(path(id));
    }

    /** Answers when the job has ended or the time is over. */
    public JsonNode get(String id, Duration wait) {
        return again(() -> api.get(path(id) + "?wait=" + wait.toMillis() + "ms"), true);
    }

    public JsonNode logs(String id, String query) {
        return again(() -> api.get(path(id) + "/logs?" + query), true);
    }

    public JsonNode post(String id, String verb, @Nullable String reason) {
        var body = JSON.createObjectNode();
        if (reason != null) {
            body.put("reason", reason);
        }
        return again(() -> api.post(path(id) + "/" + verb, body), false);
    }

    /** Submits under the key that the body has, so that a lost answer does no harm. */
    public JsonNode submit(ObjectNode body) {
        return again(() -> api.post(PATH, body), false);
    }

    /**
     * Repeats what found no leader, for as long as a change of leader takes.
     *
     * @param alsoUnanswered whether what nobody answered is repeated too
     */
    private static <T> T again(Supplier<T> call, boolean alsoUnanswered) {
        for (int times = 1; ; times++) {
            try {
                return call.get();
            } catch (Failure failure) {
                if (failure.exit() != ExitCode.UNAVAILABLE || times == AGAIN_MAX || !mayPass(failure, alsoUnanswered)) {
                    throw failure;
                }
                pause(Math.min((long) PAUSE_MILLIS << times, PAUSE_MILLIS_MAX));
            }
        }
    }

    /** A full queue, for one, does not pass so soon. */
    private static boolean mayPass(Failure failure, boolean alsoUnanswered) {
        var answer = failure.answer();
        return answer == null ? alsoUnanswered : answer.path("code").asText().equals("no_leader");
    }

    static void pause(long millis) {
        try {
            if (new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody counts down");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(ExitCode.INTERRUPTED, "interrupted");
        }
    }
}
