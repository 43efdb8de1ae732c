/**
 * What a large fleet costs the coordinator: ten thousand workers that exist as heartbeats only.
 *
 * <p><b>Invariant:</b> the coordinator under measure is the real one, with its store on disk, in a process of its own;
 * only the workers behind it are made up.
 */
@NullMarked
package dev.skein.bench.fleet;

import org.jspecify.annotations.NullMarked;
