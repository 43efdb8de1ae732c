/**
 * Why a finding need not be seen: the code says so, a file of the team says so, or somebody dismissed it.
 *
 * <p><b>Invariant:</b> a suppressed finding stays in every output, marked with who said so; a fault in a file of
 * suppressions is named by its line and hides nothing.
 */
@NullMarked
package dev.skein.review.finding.suppress;

import org.jspecify.annotations.NullMarked;
