/** Alerts that begin, flap and end. */
@NullMarked
package dev.skein.coordinator.alert;

import org.jspecify.annotations.NullMarked;
