package dev.skein.coordinator.state;

/** A copy that must not run any more and whose end its worker has not confirmed. */
public record Leftover(String workerId, String pipelineId) {}
