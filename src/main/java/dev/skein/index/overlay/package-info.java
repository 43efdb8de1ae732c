/**
 * Unsaved texts of editors, which count in place of what is on disk for as long as a document is open.
 *
 * <p><b>Invariant:</b> a document never goes back: a text takes the place of another only under a higher version of the
 * same session, and each change has a revision above all before, those of earlier lives of the router included.
 */
@NullMarked
package dev.skein.index.overlay;

import org.jspecify.annotations.NullMarked;
