/** A cluster of jobs in one thread: its clock, its store, its network and its processes all come from one seed. */
@org.jspecify.annotations.NullMarked
package dev.skein.coordinator.job.sim;
