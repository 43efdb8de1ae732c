/**
 * Copies of repositories that are reviewed: one directory for each commit, made on the node that is asked.
 *
 * <p><b>Invariant:</b> nothing is written or deleted but directories of the one folder of copies; none is deleted that
 * a run goes on with, and no half copy is ever reviewed.
 */
@NullMarked
package dev.skein.router.review.copy;

import org.jspecify.annotations.NullMarked;
