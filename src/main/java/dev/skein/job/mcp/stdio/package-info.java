/**
 * A server as a child process of its own group, one JSON message per line on its standard streams.
 *
 * <p><b>Invariant:</b> no process outlives its connection, and none outlives this process: groups are ended by input
 * closed, SIGTERM, SIGKILL, each waited for within a bound, and a small shell kills what is left when this process is
 * gone. Blocking reads and writes happen on three threads per server and never on an event loop or a shared pool.
 */
@NullMarked
package dev.skein.job.mcp.stdio;

import org.jspecify.annotations.NullMarked;
