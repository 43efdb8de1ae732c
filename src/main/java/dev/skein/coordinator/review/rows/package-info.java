/**
 * Runs of reviews, their tasks and findings as rows.
 *
 * <p><b>Invariant:</b> every method is statements within one transaction and waits for nothing else.
 */
@NullMarked
package dev.skein.coordinator.review.rows;

import org.jspecify.annotations.NullMarked;
