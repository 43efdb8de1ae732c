package dev.skein.coordinator.alert.notice;

import dev.skein.pipeline.Alerts.Alert;

/**
 * One change to tell.
 *
 * @param cluster its name
 * @param isNew false: the alert has ended
 */
public record Notice(String cluster, Alert alert, boolean isNew) {
    String headline() {
        return "[%s] %s: %s".formatted(cluster, isNew ? alert.severity() : "resolved", alert.text());
    }
}
