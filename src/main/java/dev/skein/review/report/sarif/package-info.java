/**
 * SARIF 2.1.0, as code hosts take it.
 *
 * <p><b>Invariant:</b> every file is valid by the schema of the standard, and what it leaves out it says.
 */
@NullMarked
package dev.skein.review.report.sarif;

import org.jspecify.annotations.NullMarked;
