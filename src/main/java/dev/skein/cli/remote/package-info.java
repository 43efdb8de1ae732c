/**
 * The words about workers that are no members of the cluster and are reached over HTTP.
 *
 * <p><b>Invariant:</b> nothing here connects to such a worker; that is the coordinator's.
 */
@NullMarked
package dev.skein.cli.remote;

import org.jspecify.annotations.NullMarked;
