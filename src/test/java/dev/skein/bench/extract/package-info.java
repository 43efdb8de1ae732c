/**
 * What finding the declarations of a large corpus costs, with four parsers and beside ctags.
 *
 * <p><b>Invariant:</b> all read the same files, and each counts what it found so that nothing is optimised away.
 */
@NullMarked
package dev.skein.bench.extract;

import org.jspecify.annotations.NullMarked;
