/**
 * The way in: a reader that keeps its subscription and hands messages over in order.
 *
 * <p><b>Invariant:</b> a message is acknowledged after the pipeline is done with it, and none is read while the worker
 * is out of touch.
 */
@NullMarked
package dev.skein.connector.in;

import org.jspecify.annotations.NullMarked;
