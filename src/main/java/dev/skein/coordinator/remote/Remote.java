package dev.skein.coordinator.remote;

import dev.skein.coordinator.remote.RemoteHttp.Reply;
import dev.skein.job.JobRuns.Ending;
import dev.skein.job.JobRuns.Ref;
import dev.skein.job.JobRuns.Renew;
import dev.skein.job.JobRuns.Room;
import dev.skein.job.JobRuns.Runner;
import dev.skein.job.Outcome;
import dev.skein.job.Remotes.Spec;
import dev.skein.job.Remotes.View;
import io.vertx.core.AsyncResult;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One worker as it was last seen, and what it does. */
final class Remote {
    private static final long UNKNOWN_BYTES = 8L << 30; // of one that does not say how much it has

    Spec spec;
    final Map<Ref, Call> calls = new LinkedHashMap<>();

    @Nullable
    InetAddress pinned;

    private @Nullable Health health;
    private String status = "unknown";
    private String reason = "";
    private long heardAt;
    boolean isAsked; // for its health, and has not answered

    /** A job that it does. */
    static final class Call {
        private final long since;
        final Promise<HttpClientRequest> begun = Promise.promise();

        /** @param since when it was sent, in milliseconds of the queue's clock */
        Call(long since) {
            this.since = since;
        }

        /** Its end as a line of the job's log. */
        String end(AsyncResult<Reply> done, long now) {
            var what = done.succeeded()
                    ? "it answered with HTTP " + done.result().status()
                    : "it did not answer: " + done.cause().getMessage();
            return "%s after %d ms\n".formatted(what, Math.max(0, now - since));
        }

        @Nullable
        Ending ending;

        boolean isBroken; // nobody waits for it any more

        void breakOff() {
            isBroken = true;
            begun.future().onSuccess(HttpClientRequest::reset);
        }

        /** What the end that somebody asked for is called; null for one that nobody waits for. */
        static @Nullable Outcome outcome(Ending ending) {
            return switch (ending.reason()) {
                case "stale_attempt" -> null;
                case "cancelled" -> Outcome.cancelled(ending.message());
                default -> Outcome.timedOut("run", ending.message(), true);
            };
        }
    }

    Remote(Spec spec, long now) {
        this.spec = spec;
        this.heardAt = now;
    }

    /** How the queue names this life of it. */
    static String node(String id) {
        return "http:" + id;
    }

    String node() {
        return node(spec.id());
    }

    void heard(Health said, long now) {
        health = said.isWell() ? said : null;
        status = said.status();
        reason = said.isWell() ? "" : "it says so";
        heardAt = now;
    }

    void silent(String why) {
        health = null;
        status = "unreachable";
        reason = why;
    }

    /** Whether that is why it is left out already. */
    boolean isSaid(String why) {
        return reason.equals(why);
    }

    boolean isWell() {
        return health != null;
    }

    /** Null while it is not well. */
    @Nullable
    Renew renewal(int slots) {
        var said = health;
        if (said == null) {
            return null;
        }
        var offered = spec.capabilities().isEmpty() ? said.capabilities() : spec.capabilities();
        var types = offered.contains("general") ? offered : plus(offered);
        var runner = new Runner(spec.id(), node(), types, List.of(), List.of("remote"));
        long bytes = said.totalBytes() > 0 ? said.totalBytes() : UNKNOWN_BYTES;
        var refusal = said.status().equals("draining") ? "draining" : null;
        return new Renew(runner, new Room(slots, bytes, refusal), List.copyOf(calls.keySet()), false, 0);
    }

    private static List<String> plus(List<String> offered) {
        var all = new ArrayList<>(offered);
        all.add("general");
        return all;
    }

    View view(int slots, long now) {
        var said = health;
        return new View(
                spec,
                status,
                reason,
                said == null ? 0 : said.usedBytes(),
                said == null ? 0 : said.totalBytes(),
                calls.size(),
                slots,
                Math.max(0, now - heardAt));
    }
}
