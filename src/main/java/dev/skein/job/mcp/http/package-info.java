/**
 * A server behind an address, by the protocol's streamable HTTP.
 *
 * <p><b>Invariant:</b> credentials and the session's id go to the configured address only: no redirect is followed, and
 * certificates are verified.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports">its description</a>
 */
@NullMarked
package dev.skein.job.mcp.http;

import org.jspecify.annotations.NullMarked;
