/**
 * The page that shows the cluster: static files and nothing else; what they show they ask of the public API.
 *
 * <p><b>Invariant:</b> no request is answered with anything but a file that was in the jar at start.
 */
@NullMarked
package dev.skein.dashboard;

import org.jspecify.annotations.NullMarked;
