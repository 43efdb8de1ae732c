/**
 * Telling people outside: webhook, Slack, mail.
 *
 * <p><b>Invariant:</b> a receiver that fails costs its own notices only, after a bounded number of attempts.
 */
@NullMarked
package dev.skein.coordinator.alert.notice;

import org.jspecify.annotations.NullMarked;
