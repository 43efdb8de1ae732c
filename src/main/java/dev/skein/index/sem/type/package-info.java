/**
 * Types and their members as their files declare them, by name; what a type's name means where it stands.
 *
 * <p><b>Invariant:</b> knows no bodies and no trees; what is asked about a type that was never heard of is noted, so
 * that somebody can go and ask.
 */
@NullMarked
package dev.skein.index.sem.type;

import org.jspecify.annotations.NullMarked;
