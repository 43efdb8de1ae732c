/**
 * Who may use the machine while integration tests run beside each other.
 *
 * <p><b>Invariant:</b> nothing runs beside a class that judges time.
 */
@NullMarked
package dev.skein.fault.turns;

import org.jspecify.annotations.NullMarked;
