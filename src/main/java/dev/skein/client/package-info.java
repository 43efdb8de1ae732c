/**
 * Skein from a Java program: submit a job, await its end, follow what it says. Needs the JDK, Jackson and this package
 * with {@code dev.skein.kernel}, and speaks the public HTTP API only.
 *
 * <p><b>Invariant:</b> a submission that is repeated carries the key of the first, so a lost answer never makes a
 * second job; no thread is held while something is waited for.
 */
@NullMarked
package dev.skein.client;

import org.jspecify.annotations.NullMarked;
