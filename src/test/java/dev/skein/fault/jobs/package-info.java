/**
 * Jobs on real nodes that are killed.
 *
 * <p><b>Invariant:</b> only processes that the test started are ended.
 */
@NullMarked
package dev.skein.fault.jobs;

import org.jspecify.annotations.NullMarked;
