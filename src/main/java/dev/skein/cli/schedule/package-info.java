/**
 * The words about what is done again and again.
 *
 * <p><b>Invariant:</b> speaks with the API only, and changes of a schedule what was named and nothing else.
 */
@NullMarked
package dev.skein.cli.schedule;

import org.jspecify.annotations.NullMarked;
