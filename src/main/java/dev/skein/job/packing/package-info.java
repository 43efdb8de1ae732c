/**
 * The binary form of what goes between submitters, the leader and the runtimes by the thousand.
 *
 * <p><b>Invariant:</b> a payload or a result on its way between two nodes is never escaped.
 */
@NullMarked
package dev.skein.job.packing;

import org.jspecify.annotations.NullMarked;
