/**
 * Commands that need no running node: settings, contexts, completion, version, and a check of this machine.
 *
 * <p><b>Invariant:</b> a secret is shown as {@code ***} and never read from a place that others can read in silence.
 */
@NullMarked
package dev.skein.cli.local;

import org.jspecify.annotations.NullMarked;
