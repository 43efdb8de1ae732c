/**
 * What was said to models and what they answered, when somebody asked for it to be kept: lines of JSON in a file that
 * only its owner reads.
 *
 * <p><b>Invariant:</b> no key is ever in a line, no link is followed to the file, and noting never blocks.
 */
@NullMarked
package dev.skein.review.engine.transcript;

import org.jspecify.annotations.NullMarked;
