/**
 * Routing rules of a group, compiled: which pipeline an event from outside goes to, where the outputs of a pipeline
 * go on to, and which copy of a pipeline takes an event.
 *
 * <p><b>Invariant:</b> immutable and pure; nothing here knows which router it works for, what time it is or who lives.
 */
@NullMarked
package dev.skein.pipeline.route;

import org.jspecify.annotations.NullMarked;
