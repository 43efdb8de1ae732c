package dev.skein.job.mcp.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.job.Outcome;
import dev.skein.job.run.JobResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Successful answers to questions that change nothing, kept for a while; of equal questions at one time only the first
 * is asked. Thread safe.
 */
final class Answers {
    private static final int KEPT_MAX = 256;
    private static final int LENGTH_MAX = 1 << 20;
    private static final String DOUBTFUL = "\"class\":\"" + TextClass.SUSPICIOUS.word() + "\"";

    private record Kept(JobResult result, Instant until) {}

    private final InstantSource clock;
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true); // guarded by this
    private final Map<String, Future<JobResult>> asked = new HashMap<>(); // guarded by this

    Answers(InstantSource clock) {
        this.clock = clock;
    }

    /** The same for equal questions whatever the order of their fields. */
    static String key(String server, JsonNode payload) {
        var fields = new TreeMap<String, JsonNode>();
        payload.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        return server + " " + fields;
    }

    /** The kept answer, or that of the one who asks already, or else of {@code ask}. */
    Future<JobResult> get(String key, Duration keepFor, Supplier<Future<JobResult>> ask) {
        var promise = Promise.<JobResult>promise();
        synchronized (this) {
            var known = known(key);
            if (known != null) {
                return Future.succeededFuture(known);
            }
            var other = asked.putIfAbsent(key, promise.future());
            if (other != null) {
                return other.transform(done -> wasCancelled(done.result()) ? ask.get() : other);
            }
        }
        ask.get().onComplete(done -> {
            finished(key, keepFor, done.result());
            promise.handle(done);
        });
        return promise.future();
    }

    private @Nullable JobResult known(String key) {
        var found = kept.get(key);
        return found == null || clock.instant().isAfter(found.until) ? null : found.result;
    }

    /** The one who asked may have been stopped, which says nothing about the others. */
    private static boolean wasCancelled(@Nullable JobResult result) {
        return result != null && result.outcome().kind() == Outcome.Kind.CANCELLED;
    }

    private synchronized void finished(String key, Duration keepFor, @Nullable JobResult result) {
        asked.remove(key);
        var value = result == null ? null : result.value();
        boolean isGood = result != null && result.outcome().isSuccess();
        if (result != null && isGood && value != null && value.length() <= LENGTH_MAX && !value.contains(DOUBTFUL)) {
            kept.put(key, new Kept(result, clock.instant().plus(keepFor)));
        }
        if (kept.size() > KEPT_MAX) {
            kept.remove(kept.keySet().iterator().next());
        }
    }
}
