/**
 * Who may watch: tickets, the origin of the page, and how many connections there may be.
 *
 * <p><b>Invariant:</b> what is held for callers who have not been let in yet is bounded.
 */
@NullMarked
package dev.skein.http.live.gate;

import org.jspecify.annotations.NullMarked;
