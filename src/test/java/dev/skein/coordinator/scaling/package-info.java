/** Advice on scaling. */
@NullMarked
package dev.skein.coordinator.scaling;

import org.jspecify.annotations.NullMarked;
