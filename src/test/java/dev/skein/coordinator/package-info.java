/** The coordinator lived through: its rules one by one, whole histories of faults, and the verticle on a real store. */
@NullMarked
package dev.skein.coordinator;

import org.jspecify.annotations.NullMarked;
