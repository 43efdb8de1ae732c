/**
 * The code index on processes of their own, which are killed.
 *
 * <p><b>Invariant:</b> no answer is an error because a process is gone, and none is whole that lacks something.
 */
@NullMarked
package dev.skein.fault.index;

import org.jspecify.annotations.NullMarked;
