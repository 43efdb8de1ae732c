package dev.skein.router.lane;

import dev.skein.pipeline.Events.Result;
import dev.skein.pipeline.event.Event;
import io.vertx.core.Future;
import java.util.List;

/** Brings deliveries to the placement, wherever it is now. */
public interface Carrier {
    /**
     * Delivers.
     *
     * @return one result per event; else a {@link dev.skein.kernel.Problem} as from a
     *     {@link dev.skein.pipeline.link.HostLink}, NOT_FOUND too while the placement does not run
     */
    Future<List<Result>> carry(List<Event> events, Parcel.Manner manner);

    /** Learns anew where the placement is; never fails. */
    Future<Void> renew();

    /** Whether the next delivery would go elsewhere than the last one. */
    default boolean hasMoved() {
        return false;
    }

    /** Whether a delivery may carry events of one sender only and the next one must wait for its answer. */
    boolean isOneByOne();
}
