/**
 * Links between pipelines and the world outside: what {@code .to} and {@code .from} name, made real. A link belongs to
 * one placement under one epoch.
 *
 * <p><b>Invariant:</b> a target that fails, hangs or floods costs its own pipeline's messages only; nothing is lost
 * without a line in the dead letters.
 */
@NullMarked
package dev.skein.connector;

import org.jspecify.annotations.NullMarked;
