/**
 * A client for servers of the Model Context Protocol: handshake, tools, calls with progress and cancellation, over
 * whatever carries single JSON-RPC messages. Arguments and results are the foreign server's own JSON, so they stay
 * trees here and are read only as far as the protocol defines them.
 *
 * <p><b>Invariant:</b> every request ends exactly once: by its answer, its limit, its cancellation or the end of the
 * connection, whichever is first; what arrives later is dropped. Everything is confined to one Vert.x context.
 */
@NullMarked
package dev.skein.job.mcp;

import org.jspecify.annotations.NullMarked;
