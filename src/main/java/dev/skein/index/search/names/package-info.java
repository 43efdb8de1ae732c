/**
 * The distinct names of a shard: each once, by number, in sheaves of one length and in order.
 *
 * <p><b>Invariant:</b> a name comes and goes at a cost that does not grow with how many others there are, but for the
 * logarithm.
 */
@NullMarked
package dev.skein.index.search.names;

import org.jspecify.annotations.NullMarked;
