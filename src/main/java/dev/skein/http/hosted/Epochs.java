package dev.skein.http.hosted;

import dev.skein.kernel.Problem;
import dev.skein.pipeline.link.Host;
import dev.skein.pipeline.link.HostLink;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Under which epoch each hosted pipeline runs. An id keeps its epoch for life, so it is asked for once; those who know
 * the worker by REST address a pipeline by its id alone. Thread-safe.
 */
final class Epochs {
    private static final int REMEMBERED_MAX = 10_000;

    private final HostLink link;
    private final Host here;
    private final Map<String, Long> byId = new ConcurrentHashMap<>();

    Epochs(HostLink link, Host here) {
        this.link = link;
        this.here = here;
    }

    /** Fails with 404 {@code pipeline_not_found}. */
    Future<Long> of(String pipelineId) {
        var known = byId.get(pipelineId);
        return known != null ? Future.succeededFuture(known) : ask(pipelineId);
    }

    private Future<Long> ask(String pipelineId) {
        return link.list(here).map(found -> {
            if (byId.size() > REMEMBERED_MAX) {
                byId.clear();
            }
            found.pipelines().forEach(hosted -> byId.put(hosted.pipelineId(), hosted.epoch()));
            var epoch = byId.get(pipelineId);
            if (epoch == null) {
                throw Problem.notFound("pipeline_not_found", "no pipeline " + pipelineId + " here");
            }
            return epoch;
        });
    }

    void forget(String pipelineId) {
        byId.remove(pipelineId);
    }
}
