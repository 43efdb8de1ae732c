/**
 * Which addresses may be connected to.
 *
 * <p><b>Invariant:</b> a name is resolved once, every address of it is checked, and the checked address is the one
 * connected to.
 */
@NullMarked
package dev.skein.connector.net;

import org.jspecify.annotations.NullMarked;
