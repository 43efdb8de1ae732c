/**
 * Reading and changing a repository that others change too, from a copy of one's own.
 *
 * <p><b>Invariant:</b> nothing is changed but by a push that says what it expects to be there; no history is rewritten
 * and nobody else's checkout is touched. Programs that are started: {@code ssh} for remotes that are reached by it, and
 * {@code git receive-pack} for remotes on this machine, so that their hooks run.
 */
@NullMarked
package dev.skein.git.exchange;

import org.jspecify.annotations.NullMarked;
