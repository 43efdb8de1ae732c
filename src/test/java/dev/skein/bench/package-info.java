/**
 * What Skein is measured on: {@code mvn -Pbench verify}, or one workload of it with {@code -Dbench=NAME}. The tables it
 * prints are kept in {@code docs/performance.md}.
 *
 * <p><b>Invariant:</b> a ratio is taken within one run, both sides in turns.
 */
@NullMarked
package dev.skein.bench;

import org.jspecify.annotations.NullMarked;
