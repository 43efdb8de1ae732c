/**
 * How soon an edit is found, and how soon an index is whole again after its nodes were started anew.
 *
 * <p><b>Invariant:</b> everything goes over HTTP to processes of their own, as an editor would have it.
 */
@NullMarked
package dev.skein.bench.edits;

import org.jspecify.annotations.NullMarked;
