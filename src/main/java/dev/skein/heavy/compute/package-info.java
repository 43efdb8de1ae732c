/**
 * Functions on the class path of jobs, each call in a Java machine under the job's cap, one of which waits started.
 *
 * <p><b>Invariant:</b> a machine does one job and ends; {@link dev.skein.heavy.compute.ComputeMain} knows only the JDK.
 */
@NullMarked
package dev.skein.heavy.compute;

import org.jspecify.annotations.NullMarked;
