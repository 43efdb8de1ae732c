/**
 * The symbols of one shard by name: replaced file by file, searched all at once.
 *
 * <p><b>Invariant:</b> replacing a file costs what the file costs, however many others there are; a search returns
 * the best of all that match, never the best of a sample.
 */
@NullMarked
package dev.skein.index.search;

import org.jspecify.annotations.NullMarked;
