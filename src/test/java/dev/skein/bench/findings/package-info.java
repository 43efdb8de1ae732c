/**
 * What reports of reviews cost.
 *
 * <p><b>Invariant:</b> measured in a process of its own with the memory that is promised.
 */
@NullMarked
package dev.skein.bench.findings;

import org.jspecify.annotations.NullMarked;
