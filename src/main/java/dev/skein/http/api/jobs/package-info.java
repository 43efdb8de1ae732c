/**
 * Jobs and schedules as the API has them, and the shapes in which an older document asks for the same.
 *
 * <p><b>Invariant:</b> holds nothing; an alias says nothing that the API does not say too.
 */
@NullMarked
package dev.skein.http.api.jobs;

import org.jspecify.annotations.NullMarked;
