/**
 * When something is to be done that is done again and again.
 *
 * <p><b>Invariant:</b> knows no job and no clock; the next time is a function of the last.
 */
@NullMarked
package dev.skein.job.cron;

import org.jspecify.annotations.NullMarked;
