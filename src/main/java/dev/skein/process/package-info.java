/**
 * Commands in processes of their own, under limits: started by words and never through a shell's reading of them,
 * watched, ended with everything they started, and told apart by how they ended.
 *
 * <p><b>Invariant:</b> nothing that was started here outlives its end, nor this process, even when it is killed; and
 * nothing here knows what a job is.
 */
@NullMarked
package dev.skein.process;

import org.jspecify.annotations.NullMarked;
