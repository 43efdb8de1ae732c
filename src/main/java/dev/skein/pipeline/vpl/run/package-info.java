/**
 * A compiled VPL program at work: one instance takes events, runs its streams on lanes and answers each event when all
 * lanes are done with it.
 *
 * <p><b>Invariant:</b> no lane ever waits on a lock for another lane; one that cannot hand over gives its thread back.
 */
@NullMarked
package dev.skein.pipeline.vpl.run;

import org.jspecify.annotations.NullMarked;
