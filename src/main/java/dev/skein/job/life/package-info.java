/**
 * The life of one job as a value: which events it accepts in which state, and what becomes of it.
 *
 * <p><b>Invariant:</b> nothing an older attempt says changes a job, and what has ended stays so until a person retries
 * it. Time, chance and policy come in; nothing goes out.
 */
@NullMarked
package dev.skein.job.life;

import org.jspecify.annotations.NullMarked;
