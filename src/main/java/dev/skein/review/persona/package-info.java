/**
 * In whose voice a model reviews: four shipped personas, and files of one's own in Markdown or as {@code agent.yaml}.
 *
 * <p><b>Invariant:</b> a persona is whole and sound before it is used, or the fault names its file and key; none can
 * change what a finding must look like, for it is only ever a part of what the model is told.
 */
@NullMarked
package dev.skein.review.persona;

import org.jspecify.annotations.NullMarked;
