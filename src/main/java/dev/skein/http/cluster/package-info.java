/**
 * The cluster as the edge sees it: how its coordinator is asked, and what is counted of it.
 *
 * <p><b>Invariant:</b> every question has a deadline, and silence is told apart from refusal.
 */
@NullMarked
package dev.skein.http.cluster;

import org.jspecify.annotations.NullMarked;
