package dev.skein.job.queue;

import java.time.Duration;
import java.util.Map;

/**
 * What bounds and orders the queue.
 *
 * @param agedAfter wait after which a job has gained all it gains by waiting
 * @param agedBy priorities it gains by then
 * @param runningByType most jobs of a type at once; none for those not named
 * @param perSecondByType most attempts of a type begun each second, on average; none for those not named
 */
public record Limits(
        Duration agedAfter, int agedBy, Map<String, Integer> runningByType, Map<String, Double> perSecondByType) {
    public Limits {
        runningByType = Map.copyOf(runningByType);
        perSecondByType = Map.copyOf(perSecondByType);
    }
}
