/**
 * The pipelines of the worker on this node, for those who know it by REST.
 *
 * <p><b>Invariant:</b> whatever can be asked of a worker over the bus is done by the same worker in the same way here.
 */
@NullMarked
package dev.skein.http.hosted;

import org.jspecify.annotations.NullMarked;
