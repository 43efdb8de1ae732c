/**
 * The demo: a coordinator and workers as processes of their own compute a picture whose every number is known.
 *
 * <p><b>Invariant:</b> speaks to its cluster by the public API only, writes below its own folder only, and leaves no
 * process behind.
 */
@NullMarked
package dev.skein.cli.demo;

import org.jspecify.annotations.NullMarked;
