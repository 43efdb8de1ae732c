/**
 * What the coordinator shows: tables for routers, and numbers, topology and alerts for people.
 *
 * <p><b>Invariant:</b> derived from the committed state and from what was heard; nothing here is the source of
 * anything.
 */
@NullMarked
package dev.skein.coordinator.view;

import org.jspecify.annotations.NullMarked;
