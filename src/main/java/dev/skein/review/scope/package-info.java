/**
 * Which files of a directory tree are reviewed, in which units, and why the others are not.
 *
 * <p><b>Invariant:</b> every entry of the tree is in a unit, below something that is skipped, or skipped itself with a
 * reason; the same tree gives the same units with the same ids on every machine; no link is followed and no program is
 * started.
 */
@NullMarked
package dev.skein.review.scope;

import org.jspecify.annotations.NullMarked;
