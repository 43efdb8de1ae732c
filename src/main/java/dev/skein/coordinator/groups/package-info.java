/**
 * Pipeline groups: deployed, shown, deleted.
 *
 * <p><b>Invariant:</b> a program is checked before any worker hears of it.
 */
@NullMarked
package dev.skein.coordinator.groups;

import org.jspecify.annotations.NullMarked;
