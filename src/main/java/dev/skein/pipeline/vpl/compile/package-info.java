/**
 * From a checked VPL program to JVM code: one hidden class per program, one method per function variant and per stretch
 * of a stream's chain.
 *
 * <p><b>Invariant:</b> nothing here runs per event, and nothing of a program's text reaches the JVM as a name.
 */
@NullMarked
package dev.skein.pipeline.vpl.compile;

import org.jspecify.annotations.NullMarked;
