/**
 * Cuts a file into pieces that a reviewer can take in at once, where a reader would cut it: between declarations
 * where the index knows them, between blocks elsewhere.
 *
 * <p><b>Invariant:</b> the owned lines of all chunks of a file and its gaps are all its lines, each once; that is
 * checked for every file, and where a boundary cannot be found the cut is made all the same.
 */
@NullMarked
package dev.skein.review.chunk;

import org.jspecify.annotations.NullMarked;
