package dev.skein.job.host;

import dev.skein.kernel.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Another node may go by this one's id. Then this one gets no jobs, and says so once. Confined to one thread. */
final class Rival {
    private static final Logger log = LoggerFactory.getLogger(Rival.class);

    private final String worker;
    private boolean isThere;

    Rival(String worker) {
        this.worker = worker;
    }

    /** @param cause why the leases were not renewed; null when they were */
    void heard(@Nullable Throwable cause) {
        var problem = cause == null ? null : Problem.in(cause);
        if (problem != null && problem.code().equals("worker_id_taken")) {
            if (!isThere) {
                log.error("this node gets no jobs: {}", problem.sentence());
            }
            isThere = true;
        } else if (cause == null && isThere) {
            log.info("{} is this node's alone again, so it gets jobs", worker);
            isThere = false;
        }
    }
}
