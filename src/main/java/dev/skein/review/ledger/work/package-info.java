/**
 * A worker of a git ledger: chooses a task, claims it, has it reviewed, publishes what came of it, and goes on.
 *
 * <p><b>Invariant:</b> a review that did not look at everything is never published as done; a worker makes no tasks.
 */
@NullMarked
package dev.skein.review.ledger.work;

import org.jspecify.annotations.NullMarked;
