/** Alerts that begin, flap and end, and advice on scaling. */
@NullMarked
package dev.skein.coordinator.alert;

import org.jspecify.annotations.NullMarked;
