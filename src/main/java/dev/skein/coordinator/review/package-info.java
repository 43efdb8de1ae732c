/**
 * Runs of reviews in one term of the leader: tasks are rows, a job does each, and what was found comes in parts that
 * count once an attempt has sealed them.
 *
 * <p><b>Invariant:</b> of a task only the parts of one attempt are ever shown; nothing here reads a file under review.
 */
@NullMarked
package dev.skein.coordinator.review;

import org.jspecify.annotations.NullMarked;
