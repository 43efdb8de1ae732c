/**
 * Runs of reviews, their tasks and what they found as the API has them.
 *
 * <p><b>Invariant:</b> holds nothing; findings are passed on as the leader has them.
 */
@NullMarked
package dev.skein.http.api.reviews;

import org.jspecify.annotations.NullMarked;
