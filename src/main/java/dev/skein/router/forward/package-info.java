/**
 * Routes between pipelines: outputs are matched where they arise and sent on, in order, until their targets have them.
 *
 * <p><b>Invariant:</b> an output that a rule takes is held in a bounded outbox or delivered; only its own source
 * waits when the outbox is full.
 */
@NullMarked
package dev.skein.router.forward;

import org.jspecify.annotations.NullMarked;
