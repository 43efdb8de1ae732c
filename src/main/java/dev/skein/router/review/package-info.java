/**
 * Directories under review on the node that has them: what of them is reviewed is found out here, and workers on other
 * machines are sent what they review.
 *
 * <p><b>Invariant:</b> nothing is sent but of regular files below the root of a run of this node: stretches to one who
 * names the hash, and some lines of those that the leader says are reviewed.
 */
@NullMarked
package dev.skein.router.review;

import org.jspecify.annotations.NullMarked;
