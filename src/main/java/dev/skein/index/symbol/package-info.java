/**
 * What a file declares: one symbol, and all of one file packed into one array of bytes.
 *
 * <p><b>Invariant:</b> a file's symbols never change; an edit makes new ones.
 */
@NullMarked
package dev.skein.index.symbol;

import org.jspecify.annotations.NullMarked;
