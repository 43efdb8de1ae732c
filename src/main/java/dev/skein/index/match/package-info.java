/**
 * Whether a name matches what somebody typed, and how well: the relaxed matching that editors ask for.
 *
 * <p><b>Invariant:</b> a name that contains the query as a case-insensitive subsequence matches, whatever else there
 * is.
 */
@NullMarked
package dev.skein.index.match;

import org.jspecify.annotations.NullMarked;
