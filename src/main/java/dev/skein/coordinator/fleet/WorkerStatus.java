package dev.skein.coordinator.fleet;

import java.util.Locale;

/** The contract's words for how a worker is. Only READY ones receive pipelines. */
public enum WorkerStatus {
    REGISTERING,
    READY,
    BUSY,
    UNHEALTHY,
    DRAINING;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isHealthy() {
        return this == READY || this == BUSY;
    }
}
