/**
 * Certificates, keys and the audit of nodes on this machine.
 *
 * <p><b>Invariant:</b> these commands work on files alone; they need no running node and never print a private key.
 */
@NullMarked
package dev.skein.cli.trust;

import org.jspecify.annotations.NullMarked;
