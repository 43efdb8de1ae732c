package dev.skein.http.hosted;

import dev.skein.http.exchange.Answer;
import dev.skein.http.exchange.Call;
import dev.skein.http.exchange.Handler;
import dev.skein.http.json.Json;
import dev.skein.kernel.Problem;
import dev.skein.pipeline.Hosting.Checkpoint;
import dev.skein.pipeline.Hosting.Hold;
import dev.skein.pipeline.Hosting.Release;
import dev.skein.pipeline.Hosting.Restore;
import dev.skein.pipeline.link.Host;
import dev.skein.pipeline.link.HostLink;
import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pipelines of this worker that move, for coordinators that know it by REST. Thread-safe. */
public final class HostedMoves {
    private static final long WAIT_MILLIS = 6_000;

    /** A copy that nobody is to follow. */
    private static final long ONLY_LOOK = Long.MAX_VALUE;

    private final HostLink link;
    private final Host here;
    private final Epochs epochs;

    public HostedMoves(HostLink link, Host here) {
        this.link = link;
        this.here = here;
        this.epochs = new Epochs(link, here);
    }

    private record HoldBody(
            @Nullable Long epoch,
            @Nullable Long heldFor,
            @Nullable Long waitMs) {
        static final HoldBody NONE = new HoldBody(null, null, null);

        long successor() {
            return heldFor == null ? 0 : heldFor;
        }
    }

    private record Taken(String pipelineId, Checkpoint checkpoint, long eventsProcessed) {}

    private record RestoreBody(Checkpoint checkpoint) {}

    private record Restored(String pipelineId, boolean restored, long eventsRestored) {}

    private record ReleaseBody(@Nullable Long heldFor) {}

    private record Released(String pipelineId, boolean released) {}

    public Map<String, Handler> handlers() {
        return Map.of(
                "checkpointHosted", this::checkpoint,
                "restoreHosted", this::restore,
                "releaseHosted", this::release);
    }

    /** Somebody who only wants to look gets what a copy at rest has come to, and it goes on at once. */
    private Future<Answer> checkpoint(Call call) {
        var json = call.json();
        var body = json == null ? HoldBody.NONE : Json.as(HoldBody.class, json);
        var id = call.at("pipeline_id");
        boolean onlyLook = body.successor() == 0;
        long heldFor = onlyLook ? ONLY_LOOK : body.successor();
        long wait = body.waitMs == null ? WAIT_MILLIS : body.waitMs;
        return epochOf(id, body.epoch)
                .compose(epoch -> link.hold(here, new Hold(id, epoch, heldFor, wait)))
                .compose(held -> onlyLook
                        ? link.release(here, new Release(id, heldFor)).map(held)
                        : Future.succeededFuture(held))
                .map(held -> held.checkpoint() == null ? Checkpoint.NOTHING : held.checkpoint())
                .map(checkpoint -> Answer.ok(new Taken(id, checkpoint, checkpoint.eventsIn())));
    }

    private Future<Long> epochOf(String id, @Nullable Long given) {
        return given == null ? epochs.of(id) : Future.succeededFuture(given);
    }

    private Future<Answer> restore(Call call) {
        var checkpoint = Json.as(RestoreBody.class, call.checked()).checkpoint;
        var id = call.at("pipeline_id");
        if (checkpoint == null) {
            return Future.failedFuture(Problem.invalid("checkpoint is missing"));
        }
        var known = new Checkpoint(
                checkpoint.eventsIn(),
                checkpoint.eventsOut(),
                checkpoint.errors(),
                checkpoint.state() == null ? "" : checkpoint.state());
        return link.restore(here, new Restore(id, known))
                .map(done -> Answer.ok(new Restored(id, done.restored(), known.eventsIn())));
    }

    private Future<Answer> release(Call call) {
        var body = Json.as(ReleaseBody.class, call.checked());
        var id = call.at("pipeline_id");
        return link.release(here, new Release(id, body.heldFor == null ? 0 : body.heldFor))
                .map(done -> Answer.ok(new Released(id, done.released())));
    }
}
