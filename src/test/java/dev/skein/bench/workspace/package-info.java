/**
 * A large workspace on two workers: how soon it is indexed, beside ctags over the same files, what that takes, how fast
 * questions are answered, and what ctags knows that the index does not.
 *
 * <p><b>Invariant:</b> everything goes over HTTP to processes of their own, as a user would have it.
 */
@NullMarked
package dev.skein.bench.workspace;

import org.jspecify.annotations.NullMarked;
