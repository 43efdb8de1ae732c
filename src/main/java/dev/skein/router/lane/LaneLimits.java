package dev.skein.router.lane;

/**
 * Caps of one lane.
 *
 * @param outboxEventsMax events that wait
 * @param outboxBytesMax what they may weigh
 * @param creditDeliveriesMax deliveries in flight
 * @param creditEventsMax events in flight
 * @param creditBytesMax what they may weigh
 * @param batchEventsMax events in one delivery
 * @param batchBytesMax what they may weigh
 * @param patienceMillis longest wait for an answer, or for any progress where that is enough
 */
public record LaneLimits(
        int outboxEventsMax,
        long outboxBytesMax,
        int creditDeliveriesMax,
        int creditEventsMax,
        long creditBytesMax,
        int batchEventsMax,
        long batchBytesMax,
        long patienceMillis) {
    /** The same with one delivery in flight, so that a repetition never overtakes. */
    public LaneLimits oneAtATime() {
        return new LaneLimits(
                outboxEventsMax,
                outboxBytesMax,
                1,
                creditEventsMax,
                creditBytesMax,
                batchEventsMax,
                batchBytesMax,
                patienceMillis);
    }
}
