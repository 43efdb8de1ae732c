/**
 * How every worker is, as far as it was heard: what status it has, who can take pipelines, when silence means death.
 *
 * <p><b>Invariant:</b> lives in memory only and may be lost; what was decided about a worker is in the store.
 */
@NullMarked
package dev.skein.coordinator.fleet;

import org.jspecify.annotations.NullMarked;
