/**
 * Jobs and schedules as rows.
 *
 * <p><b>Invariant:</b> one statement never reads or deletes more than a bounded number of jobs that have ended.
 */
@NullMarked
package dev.skein.coordinator.job.rows;

import org.jspecify.annotations.NullMarked;
