/**
 * Jobs done by servers of the Model Context Protocol: which servers there are, what their tools are called, how a
 * job's fields become a tool's arguments, and what a text that reports a failure looks like. A product is a table of
 * defaults here and not code.
 *
 * <p><b>Invariant:</b> a job names a configured server and never a program or an address.
 */
@NullMarked
package dev.skein.job.mcp.server;

import org.jspecify.annotations.NullMarked;
