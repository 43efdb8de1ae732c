/** Notices told to real receivers. */
@NullMarked
package dev.skein.coordinator.alert.notice;

import org.jspecify.annotations.NullMarked;
