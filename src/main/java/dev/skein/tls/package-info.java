/**
 * Certificates and keys in files: made, read, reloaded when they change, and the peers that are believed because
 * of them.
 *
 * <p><b>Invariant:</b> nothing here ever trusts everybody, and no private key is in a text or a log.
 */
@NullMarked
package dev.skein.tls;

import org.jspecify.annotations.NullMarked;
