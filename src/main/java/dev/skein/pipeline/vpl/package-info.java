/**
 * VPL, the pipeline language: from a text to a checked program or to the list of what is wrong with it.
 *
 * <p><b>Invariant:</b> there is one checker; validate and deploy both call {@link dev.skein.pipeline.vpl.Vpl#check},
 * and
 * nothing that it let through may be refused later for a reason it could have seen.
 */
@NullMarked
package dev.skein.pipeline.vpl;

import org.jspecify.annotations.NullMarked;
