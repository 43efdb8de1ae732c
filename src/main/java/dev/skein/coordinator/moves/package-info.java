/**
 * Pipelines that move while events arrive: one that is asked for, all of a worker's, or as many as even out the load;
 * and the memory of those that moved.
 *
 * <p><b>Invariant:</b> the old copy is at rest and empty before the new one is shown to anybody, and as long as the new
 * one is not committed the old one can go on.
 */
@NullMarked
package dev.skein.coordinator.moves;

import org.jspecify.annotations.NullMarked;
