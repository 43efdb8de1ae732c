/**
 * How a router tells a worker what a shard holds: first what files there are, then only the contents that lack.
 *
 * <p><b>Invariant:</b> no message carries more than one frame of contents or one page of names, whatever the size of
 * shard and file.
 */
@NullMarked
package dev.skein.index.feed;

import org.jspecify.annotations.NullMarked;
