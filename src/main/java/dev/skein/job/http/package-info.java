/**
 * Jobs that call somebody over HTTP.
 *
 * <p><b>Invariant:</b> only hosts that are listed are called, at an address that was checked, and no redirect is
 * followed.
 */
@NullMarked
package dev.skein.job.http;

import org.jspecify.annotations.NullMarked;
