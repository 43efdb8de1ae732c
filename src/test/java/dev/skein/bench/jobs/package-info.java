/**
 * What a durable job costs: submitted over HTTP, kept by one coordinator, done by one worker, beside other queues.
 *
 * <p><b>Invariant:</b> no figure is given of a run in which a job was lost, refused or done twice.
 */
@NullMarked
package dev.skein.bench.jobs;

import org.jspecify.annotations.NullMarked;
