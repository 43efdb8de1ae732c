/**
 * Commands about the running cluster: workers, groups and how they are connected.
 *
 * <p><b>Invariant:</b> each is a call of the public HTTP API; nothing here decides what the server should.
 */
@NullMarked
package dev.skein.cli.cluster;

import org.jspecify.annotations.NullMarked;
