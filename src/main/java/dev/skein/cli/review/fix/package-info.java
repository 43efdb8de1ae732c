/**
 * Fixes of findings, tried one after another beside the checkout: applied, built by a job, and kept as a commit or
 * taken back.
 *
 * <p><b>Invariant:</b> nothing is kept that was not built with success after it was applied, and nothing of the
 * checkout is written.
 */
@NullMarked
package dev.skein.cli.review.fix;

import org.jspecify.annotations.NullMarked;
