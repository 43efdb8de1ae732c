/**
 * Commits beside a checkout: its last commit laid out in a work tree elsewhere, and a branch that grows by one commit
 * at a time.
 *
 * <p><b>Invariant:</b> files, index and HEAD of the checkout are only read, no branch that is there is moved but the
 * own one, forwards; no hook and no filter of the repository runs.
 */
@NullMarked
package dev.skein.git.side;

import org.jspecify.annotations.NullMarked;
