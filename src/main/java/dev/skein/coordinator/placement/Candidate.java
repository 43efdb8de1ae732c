package dev.skein.coordinator.placement;

/**
 * A worker that may be given pipelines.
 *
 * @param running pipelines on it, those that are being deployed included
 */
public record Candidate(String workerId, int cpuCores, int running, int maxPipelines) {}
