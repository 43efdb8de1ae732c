/**
 * The pipelines that live on this worker: deploying and stopping them under their epochs, giving each its turn, and
 * telling how much work has to wait.
 *
 * <p><b>Invariant:</b> nothing here knows the bus, so hosted pipelines outlive a connection that is lost and made
 * anew; no delivery begins while the worker's lease has run out.
 */
@NullMarked
package dev.skein.worker.hosting;

import org.jspecify.annotations.NullMarked;
