/**
 * A compiled VPL program at work: one instance takes events, runs its streams on lanes and answers each event when all
 * lanes are done with it.
 *
 * <p><b>Invariant:</b> submitting never blocks, and every submitted event is answered exactly once.
 */
@NullMarked
package dev.skein.pipeline.vpl.run;

import org.jspecify.annotations.NullMarked;
