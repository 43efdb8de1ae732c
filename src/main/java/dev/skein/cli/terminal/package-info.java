/**
 * What a person or a script sees: streams, exit codes, failures, progress.
 *
 * <p><b>Invariant:</b> standard output carries data only; everything else goes to standard error.
 */
@NullMarked
package dev.skein.cli.terminal;

import org.jspecify.annotations.NullMarked;
