/**
 * {@code skein job}: work that ends, asked for, watched and ended from the command line.
 *
 * <p><b>Invariant:</b> a command that is repeated by itself carries one idempotency key, so no job is submitted twice.
 */
@NullMarked
package dev.skein.cli.job;

import org.jspecify.annotations.NullMarked;
