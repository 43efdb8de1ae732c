/**
 * Reviews of code bases: what is reviewed, by whom, what was found, and how much of it was really looked at.
 *
 * <p>{@code scope} finds the files and cuts them into units of like cost, {@code chunk} cuts a file into pieces that
 * are all of it together, {@code engine} looks at them, {@code finding} believes only what it finds again in the text,
 * and {@code report} writes it down.
 *
 * <p><b>Invariant:</b> every line of every reviewable file is either reviewed or named with the reason why not; code
 * under review is data, whatever it says.
 */
@NullMarked
package dev.skein.review;

import org.jspecify.annotations.NullMarked;
