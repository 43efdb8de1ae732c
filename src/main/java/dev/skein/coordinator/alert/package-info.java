/**
 * What needs a person: conditions seen in the present, alerts that begin and end with them, and that nobody
 * leads, which every node sees that somebody looks at.
 *
 * <p><b>Invariant:</b> nothing here changes the cluster; an alert holds exactly as long as its condition does.
 */
@NullMarked
package dev.skein.coordinator.alert;

import org.jspecify.annotations.NullMarked;
