/**
 * Jobs that run a command: {@code exec}, and {@code noop}, which does nothing and so shows what all else costs.
 *
 * <p><b>Invariant:</b> words are handed to programs as they are; a shell reads only what was given as its script.
 */
@NullMarked
package dev.skein.job.exec;

import org.jspecify.annotations.NullMarked;
