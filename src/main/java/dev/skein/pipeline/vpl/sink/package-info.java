/**
 * Where {@code .to(…)} sends events: the port that a host implements, and the sinks that need no host.
 *
 * <p><b>Invariant:</b> nothing here opens a connection; what leaves the process is the host's business.
 */
@NullMarked
package dev.skein.pipeline.vpl.sink;

import org.jspecify.annotations.NullMarked;
