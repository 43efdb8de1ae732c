/**
 * What a review found, as files for people, code hosts and build servers.
 *
 * <p><b>Invariant:</b> the same findings and header give the same bytes; a file is there whole or not at all;
 * findings are read one after another and never all held; nothing that a model wrote is markup.
 */
@NullMarked
package dev.skein.review.report;

import org.jspecify.annotations.NullMarked;
