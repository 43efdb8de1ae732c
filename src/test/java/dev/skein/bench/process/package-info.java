/**
 * Workloads that need processes of their own: nodes of the built jar, and bare servers to compare them with.
 *
 * <p><b>Invariant:</b> every process started here ends with its workload.
 */
@NullMarked
package dev.skein.bench.process;

import org.jspecify.annotations.NullMarked;
