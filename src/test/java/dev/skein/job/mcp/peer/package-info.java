/**
 * Servers to test the client of the Model Context Protocol against: one that misbehaves on request, and real ones.
 *
 * <p><b>Invariant:</b> everything runs on this machine and ends with the test.
 */
@NullMarked
package dev.skein.job.mcp.peer;

import org.jspecify.annotations.NullMarked;
