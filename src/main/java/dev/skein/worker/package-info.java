/**
 * The worker's role: hosts pipelines for whoever asks this node, and keeps the coordinator informed.
 *
 * <p><b>Invariant:</b> an order or a delivery under an old epoch changes nothing; no event is dropped once it was
 * accepted.
 */
@NullMarked
package dev.skein.worker;

import org.jspecify.annotations.NullMarked;
