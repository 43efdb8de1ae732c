/**
 * What somebody writes who teaches Skein a new type of job.
 *
 * <p><b>Invariant:</b> a handler never speaks with the leader; what it says goes through its call.
 */
@NullMarked
package dev.skein.job.run;

import org.jspecify.annotations.NullMarked;
