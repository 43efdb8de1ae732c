/**
 * The words about what needs a person.
 *
 * <p><b>Invariant:</b> nothing here decides what is wrong; that is the coordinator's.
 */
@NullMarked
package dev.skein.cli.alert;

import org.jspecify.annotations.NullMarked;
