/**
 * A server of the Model Context Protocol that needs nothing but this jar: it says how long single points of the
 * Mandelbrot set take to leave, so that the demo has a server whose answers are known.
 *
 * <p><b>Invariant:</b> opens no port and no file, and ends with its standard input.
 */
@NullMarked
package dev.skein.cli.demo.points;

import org.jspecify.annotations.NullMarked;
