/**
 * The way of events to one placement: a bounded outbox, batches, and a window of credits.
 *
 * <p><b>Invariant:</b> pure logic on one thread; what is in flight and what waits never exceeds its caps, order is
 * kept, and every event that was let in is settled exactly once.
 */
@NullMarked
package dev.skein.router.lane;

import org.jspecify.annotations.NullMarked;
