/**
 * Copies of git repositories that are workspaces: made, brought up to date and deleted on the node of the router that
 * was asked, away from event loops.
 *
 * <p><b>Invariant:</b> nothing is written or deleted but directories of the one folder of copies, and none that a
 * workspace of this router has as its root is deleted; no half copy ever becomes a workspace.
 */
@NullMarked
package dev.skein.router.repository;

import org.jspecify.annotations.NullMarked;
