/**
 * Does tasks of reviews: reads the files, has an engine look at them, believes what is found again in the text, and
 * tells the leader.
 *
 * <p><b>Invariant:</b> an attempt that did not look at everything never ends as a success; nothing under review is ever
 * written or run.
 */
@NullMarked
package dev.skein.worker.review;

import org.jspecify.annotations.NullMarked;
