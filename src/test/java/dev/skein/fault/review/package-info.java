/**
 * Reviews by processes of the built jar, some of which are killed in the middle of it.
 *
 * <p><b>Invariant:</b> every line is reviewed once, whoever dies.
 */
@NullMarked
package dev.skein.fault.review;

import org.jspecify.annotations.NullMarked;
