/**
 * What this router knows of groups and where their pipelines are, and the lanes that lead there.
 *
 * <p><b>Invariant:</b> a table is never changed, only replaced; a lane asks for the placement's present place at each
 * delivery.
 */
@NullMarked
package dev.skein.router.table;

import org.jspecify.annotations.NullMarked;
