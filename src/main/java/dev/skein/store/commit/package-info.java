/**
 * One writer that commits in groups and one reader, over whatever database there is.
 *
 * <p><b>Invariant:</b> knows no product by name; a change is settled once, after its commit or its certain failure.
 */
@NullMarked
package dev.skein.store.commit;

import org.jspecify.annotations.NullMarked;
