package dev.skein.coordinator.placement;

/**
 * A worker that may be given pipelines.
 *
 * @param running pipelines on it, those that are being deployed included
 * @param isShortOfMemory whether it said that little is left, so that others come first
 */
public record Candidate(String workerId, int cpuCores, int running, int maxPipelines, boolean isShortOfMemory) {
    public boolean hasRoom() {
        return running < maxPipelines;
    }
}
