/**
 * Git through JGit: what a work tree tracks, and copies of repositories from places that are allowed.
 *
 * <p><b>Invariant:</b> no program is started and no setting outside the repository is read; what a repository says is
 * data.
 */
@NullMarked
package dev.skein.git;

import org.jspecify.annotations.NullMarked;
