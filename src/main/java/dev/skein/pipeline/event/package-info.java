/**
 * What flows through pipelines: events, their shapes, and the two forms they take outside of a process (JSON at the
 * edge, packed batches between nodes).
 *
 * <p><b>Invariant:</b> an event never changes, and no untyped JSON object is built on its way.
 */
@NullMarked
package dev.skein.pipeline.event;

import org.jspecify.annotations.NullMarked;
