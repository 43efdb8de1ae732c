/**
 * The router's role: brings events from outside to the pipelines their groups' rules name, and outputs to where
 * routes lead.
 *
 * <p><b>Invariant:</b> decides no placement; every event is answered or safely kept; a placement that is slow or gone
 * holds up nobody else.
 */
@NullMarked
package dev.skein.router;

import org.jspecify.annotations.NullMarked;
