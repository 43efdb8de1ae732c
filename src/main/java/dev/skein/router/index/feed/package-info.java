/**
 * How a router brings what a shard should hold to its owner: in rounds when disks were looked at, at once when somebody
 * edits.
 *
 * <p><b>Invariant:</b> what is sent of a file is its unsaved text where it is open, else what is on disk; whatever went
 * wrong ends in a whole round, and until then the shard does not count as up to date.
 */
@NullMarked
package dev.skein.router.index.feed;

import org.jspecify.annotations.NullMarked;
