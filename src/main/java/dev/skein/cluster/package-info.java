/**
 * Who is in the cluster: Hazelcast's settings, joining, and news of nodes that come and go.
 *
 * <p><b>Invariant:</b> nothing that matters lives in a Hazelcast structure; membership is a hint.
 */
@NullMarked
package dev.skein.cluster;

import org.jspecify.annotations.NullMarked;
