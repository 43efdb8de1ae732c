package dev.skein.coordinator.ledger;

import dev.skein.coordinator.state.ClusterState;
import io.vertx.core.Future;
import java.util.List;

/** Where committed states are kept. */
public interface Journal {
    /** Makes {@code after} of {@code before}, wholly or not at all; completes once it would survive a crash. */
    Future<Void> write(ClusterState before, ClusterState after, List<Audit> audits);
}
