/**
 * Questions about code, from the one shard that has the place to all that may have an answer.
 *
 * <p><b>Invariant:</b> an answer names every shard that should have had a part in it and had none.
 */
@NullMarked
package dev.skein.router.index.code;

import org.jspecify.annotations.NullMarked;
